import { isEnvVarName } from "../../api/names.ts";
import { quote } from "../../api/quote.ts";
import { build } from "./builder.ts";
import { noResource } from "./change.ts";
import { failed, type Failure, isFailure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { dryRunMistake, outputMistake } from "./output.ts";
import {
  allMistake,
  type Container,
  eachPod,
  isContainer,
  localMistake,
  matches,
  named,
  type PodChange,
} from "./pod-template.ts";
import { hasFiles } from "./read.ts";

/** kubectl/pkg/cmd/set/set_env.go */
export function env(call: Invocation): Failure | undefined {
  if (call.isOn("all") && call.flag("selector") !== "") return allMistake(call)[0];
  const first = call.args.findIndex(isEnv);
  const words = first < 0 ? call.args : call.args.slice(0, first);
  const changes = [...(first < 0 ? [] : call.args.slice(first)), ...call.list("env")];
  if (changes.some((word) => !isEnv(word))) {
    const all = call.args.join(" ");
    return failed(`all resources must be specified before environment changes: ${all}`);
  }
  const early = dryRunMistake(call) ?? outputMistake(call) ?? localMistake(call)[0];
  if (early !== undefined) return early;
  if (words.length === 0 && !hasFiles(call)) return failed(noResource);
  if (call.isOn("list") && call.flag("output") !== "") {
    return failed("--list and --output may not be specified together");
  }
  const from = call.flag("from");
  if (call.list("keys").length > 0 && from === "") {
    return failed("when specifying --keys, a configmap or secret must be provided with --from");
  }
  const mistake = envMistake(changes) ?? (from === "" ? undefined : fromMistake(call, from));
  if (mistake !== undefined) return mistake;
  const found = named(call, words);
  if (isFailure(found)) return found;
  if (call.isOn("list")) return undefined;
  return eachPod(call, found.infos, (containers) => envChange(call, containers, changes));
}

function isEnv(word: string): boolean {
  return /=|.-$|^-$/.test(word);
}

function envChange(
  call: Invocation,
  containers: readonly Container[],
  changes: readonly string[],
): PodChange {
  const wanted = call.flag("containers");
  const own = containers.filter(({ name }) => matches(wanted, name));
  if (own.length === 0) {
    call.warn(`warning: Pod template does not have any containers matching ${quote(wanted)}`);
  }
  const failures = call.isOn("overwrite")
    ? []
    : own.flatMap((one) => overwriteMistakes(one, changes));
  const entries = changes.map((word) => {
    const at = word.indexOf("=");
    return at < 0
      ? { $patch: "delete", name: word.slice(0, -1) }
      : { name: word.slice(0, at), value: word.slice(at + 1) };
  });
  return {
    changes: entries.length === 0 ? [] : own.map(({ name }) => ({ name, env: entries })),
    failures,
    words: "failed to patch env update to pod template:",
    done: "env updated",
  };
}

function overwriteMistakes(container: Container, changes: readonly string[]): readonly Failure[] {
  const list: unknown = container["env"];
  const before = Array.isArray(list) ? list.filter(isContainer) : [];
  return before.flatMap((one) => {
    const isSet = changes.some((word) => word.startsWith(`${one.name}=`));
    const value = String(one["value"] ?? "");
    const why = `'${one.name}' already has a value (${value}), and --overwrite is false`;
    return isSet ? [failed(why)] : [];
  });
}

/** kubectl/pkg/cmd/set/env/env_parse.go */
function envMistake(changes: readonly string[]): Failure | undefined {
  const names = new Set<string>();
  for (const word of changes) {
    const at = word.indexOf("=");
    if (at < 0) continue;
    const name = word.slice(0, at);
    const errors = isEnvVarName(name);
    if (errors.length > 0) {
      return failed(`${quote(name)} is not a valid key name: ${errors.join(";")}`);
    }
    names.add(name);
  }
  const removed = changes.filter((word) => !word.includes("=")).map((word) => word.slice(0, -1));
  return removed.some((name) => names.has(name))
    ? failed("can not both modify and remove the same environment variable in the same command")
    : undefined;
}

function fromMistake(call: Invocation, from: string): Failure | undefined {
  const { infos, failure } = build(call, [from]);
  if (failure !== undefined) return failure;
  const isKnown = infos.every(({ resource }) => ["ConfigMap", "Secret"].includes(resource.kind));
  return isKnown ? undefined : failed("unsupported resource specified in --from");
}
