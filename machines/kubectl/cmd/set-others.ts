import { parseSelector } from "../../api/parse-selector.ts";
import { subjectsOf } from "./create-rbac.ts";
import { bareMessage, failed, type Failure, isFailure, together } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import { dryRunMistake, dryRunNote, outputMistake } from "./output.ts";
import { mergePatch } from "./patch-call.ts";
import { allMistake, localMistake, named, podSpecs } from "./pod-template.ts";
import { valueAt } from "./read.ts";

/** kubectl/pkg/cmd/set/set_selector.go */
export function selector(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const last = call.args.at(-1);
  if (last === undefined) return failed("one selector is required");
  const parsed = parseSelector(last);
  if ("error" in parsed) return failed(parsed.error);
  const found = named(call, call.args.slice(0, -1));
  if (isFailure(found)) return found;
  const failures = found.infos.flatMap((info) => {
    if (info.resource.kind !== "Service") {
      return failed("setting a selector is only supported for Services");
    }
    const pairs = last.split(",").map((one) => one.split("="));
    const stray = pairs.find((one) => one.length !== 2);
    if (stray !== undefined) {
      const told = `[{${stray[0] ?? ""} Exists []}]`;
      return failed(`match expression ${told} not supported on this object`);
    }
    const refusal = mergePatch(call, info, { spec: { selector: Object.fromEntries(pairs) } });
    if (refusal !== undefined) return refusal;
    call.say(`${objectName(info.resource, info.name)} selector updated${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}

/** kubectl/pkg/cmd/set/set_serviceaccount.go */
export function serviceaccount(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call) ?? localMistake(call)[0];
  if (early !== undefined) return early;
  const account = call.args.at(-1);
  if (account === undefined) return failed("serviceaccount is required");
  const found = named(call, call.args.slice(0, -1));
  if (isFailure(found)) return found;
  const failures = found.infos.flatMap((info) => {
    const { resource, name } = info;
    const path = podSpecs[resource.kind];
    if (path === undefined) {
      const type = `*${resource.version}.${resource.kind}`;
      const why = `the object is not a pod or does not have a pod template: ${type}`;
      return failed(`error: ${resource.resource}/${name} ${why}\n`);
    }
    const spec = { serviceAccountName: account };
    const body = path.reduceRight<object>((inner, key) => ({ [key]: inner }), spec);
    const refusal = mergePatch(call, info, body);
    if (refusal !== undefined) {
      return failed(`failed to patch ServiceAccountName ${bareMessage(refusal)}`);
    }
    call.say(`${objectName(resource, name)} serviceaccount updated${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}

/** kubectl/pkg/cmd/set/set_subject.go */
export function subject(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const found = named(call, call.args);
  if (isFailure(found)) return found;
  const wrong = localMistake(call)[0] ?? allMistake(call)[0];
  if (wrong !== undefined) return wrong;
  const subjects = subjectsOf(call);
  if (isFailure(subjects)) return subjects;
  if (subjects.length === 0) {
    return failed("you must specify at least one value of user, group or serviceaccount");
  }
  const failures = found.infos.flatMap((info) => {
    const { resource, name, object } = info;
    if (!["RoleBinding", "ClusterRoleBinding"].includes(resource.kind)) {
      const why = "setting subjects is only supported for RoleBinding/ClusterRoleBinding";
      return failed(`error: ${resource.resource}/${name} ${why}\n`);
    }
    const before = valueAt(object, ["subjects"]);
    const all = [...(Array.isArray(before) ? before : []), ...subjects];
    const refusal = mergePatch(call, info, { subjects: all });
    if (refusal !== undefined) {
      return failed(`failed to patch subjects to rolebinding: ${bareMessage(refusal)}`);
    }
    call.say(`${objectName(resource, name)} subjects updated${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}
