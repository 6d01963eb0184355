import { quote } from "../../api/quote.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { jsonPathMistake, outputMistake, relaxedPathMistake } from "./output.ts";
import { selectorsOf, isNotFound, valueAt } from "./read.ts";

/** kubectl/pkg/cmd/wait/wait.go; nothing changes while it waits. */
export function wait(call: Invocation): Failure | undefined {
  const wrong = outputMistake(call) ?? conditionMistake(call.flag("for"));
  if (wrong !== undefined) return wrong;
  const condition = call.flag("for").toLowerCase();
  const all = call.isOn("all");
  const { infos, failure } = build(call, call.args, { ...selectorsOf(call), all });
  const isMissing = failure !== undefined && isNotFound(failure);
  if (condition === "create" && isMissing) return failed("timed out waiting for the condition");
  if (condition === "delete" && (isMissing || infos.length === 0)) return undefined;
  if (failure !== undefined) return failure;
  if (infos.length === 0) return failed("no matching resources found");
  const unmet = infos.filter(({ object }) => !isMet(call.flag("for"), object));
  const isAtOnce = /^0+[a-z]*$/.test(call.flag("timeout"));
  const words = isAtOnce ? "condition not met for" : "timed out waiting for the condition on";
  const failures = unmet.map(({ resource, name }) =>
    failed(`${words} ${resource.resource}/${name}`),
  );
  const [first] = failures;
  return failures.length > 1 ? { fails: { several: failures } } : first;
}

function conditionMistake(condition: string): Failure | undefined {
  if (/^(delete|create)$/i.test(condition) || condition.startsWith("condition=")) return undefined;
  if (!condition.startsWith("jsonpath=")) {
    return failed(`unrecognized condition: ${quote(condition)}`);
  }
  const [path = "", value, ...more] = pathAndValue(condition);
  if (more.length > 0) {
    return failed(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const mistake = relaxedPathMistake(path) ?? jsonPathMistake(path);
  if (mistake !== undefined) return failed(mistake);
  if (value !== undefined && value.replaceAll(/^['"]+|['"]+$/g, "") === "") {
    return failed(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  return path === "" ? failed("jsonpath expression cannot be empty") : undefined;
}

/** Split where one `=` stands; two of them are a comparison. */
function pathAndValue(condition: string): readonly string[] {
  return condition.slice("jsonpath=".length).split(/(?<!=)=(?!=)/);
}

function isMet(condition: string, object: Info["object"]): boolean {
  if (/^create$/i.test(condition)) return true;
  if (condition.startsWith("jsonpath=")) {
    const [path = "", value] = pathAndValue(condition);
    const found = valueAt(object, path.replaceAll(/[{}]/g, "").split(".").filter(Boolean));
    return value === undefined ? found !== undefined : String(found) === value;
  }
  const [, type = "", status = "true"] = condition.split("=");
  const conditions = valueAt(object, ["status", "conditions"]);
  return (
    Array.isArray(conditions) &&
    conditions.some((one: unknown) => {
      const isSame = isFields(one) && String(one["type"]).toLowerCase() === type.toLowerCase();
      return isSame && String(one["status"]).toLowerCase() === status.toLowerCase();
    })
  );
}
