import { describe, expect, it } from "vitest";

import { splitArgv } from "../../../src/manifest/scenario/argv.ts";
import { flagOf, parseKubectl } from "../../../src/manifest/scenario/kubectl.ts";

function command(line: string) {
  const read = parseKubectl(line);
  if ("expected" in read) throw new Error(`${read.expected}, got ${read.got}`);
  return read;
}

describe("a command line", () => {
  it.each([
    ["delete pod web", ["delete", "pod", "web"]],
    ["  a\tb  ", ["a", "b"]],
    [`patch -p '{"a": "b c"}'`, ["patch", "-p", '{"a": "b c"}']],
    [String.raw`a "b \"c\" \d"`, ["a", String.raw`b "c" \d`]],
    [String.raw`a\ b c'd'"e"`, ["a b", "cde"]],
    ["a '' b", ["a", "", "b"]],
    ["", []],
  ])("splits %j as a shell does", (line, words) => {
    expect(splitArgv(line)).toEqual({ words });
  });

  it.each([
    ["get pods | wc", '"|"'],
    ["delete pod $NAME", '"$"'],
    ["get pods > x", '">"'],
    ["a; b", '";"'],
    ["delete 'web", "the line's end"],
    ['delete "web', "the line's end"],
  ])("refuses %j", (line, got) => {
    expect(splitArgv(line)).toMatchObject({ got });
  });
});

describe("a line of kubectl", () => {
  it.each([
    ["delete pod web", [{ kind: "Pod", names: ["web"] }]],
    ["delete po a b", [{ kind: "Pod", names: ["a", "b"] }]],
    ["delete pod/web", [{ kind: "Pod", names: ["web"] }]],
    [
      "delete deployment/web configmap/conf cm/more",
      [
        { kind: "Deployment", names: ["web"] },
        { kind: "ConfigMap", names: ["conf", "more"] },
      ],
    ],
    ["delete pods --all", [{ kind: "Pod", names: [] }]],
    ["delete -f web.yaml", []],
    ["cordon n1 node/n2", [{ kind: "Node", names: ["n1", "n2"] }]],
    ["exec pod/web -- ls", [{ kind: "Pod", names: ["web"] }]],
    ["scale rs/web --replicas=3", [{ kind: "ReplicaSet", names: ["web"] }]],
    ["annotate pod {pod:app=web:0} a=b", [{ kind: "Pod", names: ["{pod:app=web:0}"] }]],
    ["create secret generic key --from-literal=a=b", [{ kind: "Secret", names: ["key"] }]],
  ])("%s names its objects", (line, targets) => {
    expect(command(line).targets).toEqual(targets);
  });

  it("has flags with their values behind = or a blank, by letter or name", () => {
    const deletion = command("delete -n prod pod web --wait=false --grace-period 0 --force");
    expect(deletion.flags).toEqual({
      namespace: ["prod"],
      wait: ["false"],
      "grace-period": ["0"],
      force: ["true"],
    });
    expect(flagOf(deletion, "grace-period")).toBe("0");
    expect(flagOf(deletion, "cascade")).toBeUndefined();
  });

  it.each([
    ["label node a b fake=lost disk-", ["fake=lost", "disk-"]],
    ["taint node n1 dedicated:NoSchedule-", ["dedicated:NoSchedule-"]],
    ["set env sts --all VERSION=2", ["VERSION=2"]],
    ["set image deployment/web main=app:2", ["main=app:2"]],
  ])("%s tells what changes", (line, changes) => {
    expect(command(line)).toMatchObject({ changes });
  });

  it("keeps what follows -- as it is", () => {
    const debug = command("debug web --image=busybox -c tool -- sh -c 'sleep 8; exit 2'");
    expect(debug.command).toEqual(["sh", "-c", "sleep 8; exit 2"]);
    expect(flagOf(debug, "container")).toBe("tool");
  });

  it("has its patch as a value", () => {
    const line = `patch pod web --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`;
    expect(command(line).patch).toEqual([{ op: "remove", path: "/metadata/finalizers" }]);
  });

  it.each([
    ["eat pod web", "one of the verbs create, apply, replace, delete", '"eat"'],
    ["delet pod web", "one of the verbs", '"delet"'],
    ["delete pot web", "a kind as pod, deployment or sts", '"pot"'],
    ["delete pod", "delete TYPE NAME…, delete TYPE/NAME…, or delete -f FILE", "no name"],
    ["delete pod web --grace-period=x", "a whole number as --grace-period", '"x"'],
    ["delete pod web --wait=no", "true or false as --wait", '"no"'],
    ["delete pod web --graceperiod=1", "one of the flags --filename", "--graceperiod=1"],
    ["delete pod web --grace-period", "a value for --grace-period", "nothing"],
    ["patch pod web", "patch TYPE NAME -p PATCH", "no --patch"],
    ["patch pod web -p '{a'", "valid YAML as --patch", "flow map must end with a }"],
    ["patch pod web -p x", "a map or a list as --patch", '"x"'],
    ["patch pod web --type=odd -p '{}'", "one of strategic, merge, json as --type", '"odd"'],
    ["apply pod web", "apply -f FILE", "pod beside the file"],
    ["apply", "apply -f FILE", "no --filename"],
    ["create -f a.yaml pod", "create -f FILE, or create TYPE NAME", "pod beside the file"],
    ["label pod web", "label TYPE NAME… KEY=VALUE… KEY-…", "no change"],
    ["label pod web a=b c", "a change as key=value or key-", "c"],
    ["rollout pod/web", "rollout status|history|", "pod/web"],
    ["cordon pod/web", "the name of a node", "pod/web"],
    ["exec web", "exec POD [-c CONTAINER] -- COMMAND", "no command"],
    ["exec a b -- ls", "exec POD [-c CONTAINER] -- COMMAND", "a b"],
    ["delete pod web -- ls", "delete TYPE NAME…", "-- and a command"],
    ["delete pod web -l app=web", "delete TYPE NAME…", "web beside --selector"],
    ["delete pod -l 'app web'", "a label selector as app=web,tier!=front", '"app web"'],
    ["delete pod web --field-selector=a=b", "a field selector as status.phase", '"a=b"'],
    ["delete pod -l a --field-selector phase", "a field selector as status.phase", '"phase"'],
    ["delete pod web --field-selector=", "delete TYPE NAME…", "web beside --field-selector"],
    ["", "one of the verbs", '""'],
  ])("refuses %j", (line, expected, got) => {
    expect(parseKubectl(line)).toMatchObject({
      expected: expect.stringContaining(expected),
      got: expect.stringContaining(got),
    });
  });

  it.each([
    ["delet pod web", 'did you mean "delete"?'],
    ["delete pot web", 'did you mean "pod"?'],
    ["delete pod web --graceperiod=1", 'did you mean "--grace-period"?'],
    ["delete pod --field-selector spec.image=a", "field label not supported: spec.image"],
    [
      "delete cm --field-selector type=a",
      '"type" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ["delete pod -l app=a=b", "found '=', expected: ',' or 'end of string'"],
  ])("has a hint for %j", (line, hint) => {
    expect(parseKubectl(line)).toMatchObject({ hint });
  });
});
