import { quote } from "../../api/quote.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, isFailure, together } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import { cascadeMistake, dryRunMistake, dryRunNote } from "./output.ts";
import { rawMistake } from "./write.ts";

/** kubectl/pkg/cmd/delete/delete.go */
export function remove(call: Invocation): Failure | undefined {
  const [all, selector, field] = [
    call.isOn("all"),
    call.flag("selector"),
    call.flag("field-selector"),
  ];
  const early = cascadeMistake(call);
  if (early !== undefined) return early;
  if (call.isOn("now") && call.number("grace-period") !== -1) {
    return failed("--now and --grace-period cannot be specified together");
  }
  const dry = dryRunMistake(call);
  if (dry !== undefined) return dry;
  if (call.flag("raw") !== "") return removeRaw(call);
  if (all && (selector !== "" || field !== "")) {
    return failed("setting 'all' parameter but found a non empty selector. ");
  }
  const options = { labelSelector: selector, fieldSelector: field, all, fetches: false };
  const { infos, failure } = build(call, call.args, options);
  if (failure !== undefined && infos.length === 0) return failure;
  const output = call.flag("output");
  if (output !== "" && output !== "name") {
    return failed(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  const grace = call.number("grace-period");
  if (call.isOn("force")) {
    if (grace > 0) {
      return failed("--force and --grace-period greater than 0 cannot be specified together");
    }
    call.warn(immediately);
  }
  const isSelected = all || selector !== "" || field !== "";
  const isQuiet = call.has("ignore-not-found") ? call.isOn("ignore-not-found") : isSelected;
  const failures = infos.flatMap((info) => removeOne(call, info, isQuiet) ?? []);
  if (infos.length === 0 && failure === undefined) call.say("No resources found");
  return together([...(failure === undefined ? [] : [failure]), ...failures]);
}

const immediately =
  "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.";

function removeRaw(call: Invocation): Failure | undefined {
  if (call.isOn("interactive")) return failed("--interactive can not be used with --raw");
  if (call.list("filename").length > 1) {
    return failed("--raw can only use a single local file or stdin");
  }
  const mistake = call.list("filename").length === 1 ? rawMistake(call) : undefined;
  if (mistake !== undefined) return mistake;
  const answer = call.ask({ method: "DELETE", path: call.flag("raw") });
  return isFailure(answer) ? answer : undefined;
}

function removeOne(call: Invocation, info: Info, isQuiet: boolean): Failure | undefined {
  const { resource, namespace, name } = info;
  const usual = call.isOn("now") ? 1 : call.number("grace-period");
  const grace = usual === 0 && !call.isOn("force") ? 1 : usual;
  const seconds = call.isOn("force") && grace < 0 ? 0 : grace;
  const cascade = call.flag("cascade");
  const propagationPolicy = `${cascade.slice(0, 1).toUpperCase()}${cascade.slice(1)}`;
  const body = { propagationPolicy, ...(seconds >= 0 && { gracePeriodSeconds: seconds }) };
  const dry = call.flag("dry-run") === "server" ? "?dryRun=All" : "";
  if (call.flag("dry-run") !== "client") {
    const path = `${pathOf(resource, namespace, name)}${dry}`;
    const answer = call.ask({ method: "DELETE", path, body });
    if (isFailure(answer)) {
      const { fails } = answer;
      const isAbsent = "status" in fails && fails.status.reason === "NotFound";
      return isAbsent && isQuiet ? undefined : answer;
    }
  }
  const kind = objectName(resource, "").slice(0, -1);
  const where = namespace === "" ? "" : ` from ${namespace} namespace`;
  const how = call.isOn("force") ? "force deleted" : "deleted";
  call.say(`${kind} ${quote(name)} ${how}${where}${dryRunNote(call)}`);
  return undefined;
}
