import { isValidLabelValue } from "../api/names.ts";
import type { Taint } from "../api/node.ts";
import type { Toleration } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { duplicate, type FieldError, invalid, notSupported, required } from "./field-error.ts";
import { validateLabelName } from "./validation-labels.ts";

type AnyToleration = Unchecked<Toleration>;

/** pkg/apis/core/validation/validation.go ValidateTolerations. */
export function validateTolerations(
  tolerations: readonly AnyToleration[],
  path: string,
): FieldError[] {
  return tolerations.flatMap((toleration, index) => {
    return validateToleration(toleration, `${path}[${index}]`);
  });
}

function validateToleration(toleration: AnyToleration, path: string): FieldError[] {
  const { key = "", operator = "", effect = "", tolerationSeconds } = toleration;
  const isForAll = key === "" && operator !== "Exists";
  const isTimed = tolerationSeconds !== undefined && effect !== "NoExecute";
  const onlyNoExecute = "effect must be 'NoExecute' when `tolerationSeconds` is set";
  return [
    ...(key === "" ? [] : validateLabelName(key, `${path}.key`)),
    ...(isForAll ? [invalid(`${path}.operator`, operator, mustBeExists)] : []),
    ...(isTimed ? [invalid(`${path}.effect`, effect, onlyNoExecute)] : []),
    ...validateOperator(toleration, `${path}.operator`),
    ...(effect === "" ? [] : validateTaintEffect(effect, `${path}.effect`)),
  ];
}

const mustBeExists =
  'operator must be Exists when `key` is empty, which means "match all values and all keys"';

/** Lt and Gt are known but behind a gate that is off; values are reported as the operator's. */
function validateOperator(
  { operator = "", value = "" }: AnyToleration,
  path: string,
): FieldError[] {
  switch (operator) {
    case "":
    case "Equal": {
      const messages = isValidLabelValue(value);
      return messages.length === 0 ? [] : [invalid(path, value, messages.join(";"))];
    }
    case "Exists":
      return value === ""
        ? []
        : [invalid(path, value, "value must be empty when `operator` is 'Exists'")];
    case "Lt":
    case "Gt":
      return [notSupported(path, operator, ["Equal", "Exists", "Lt", "Gt"])];
    default:
      return [notSupported(path, operator, ["Equal", "Exists"])];
  }
}

function validateTaintEffect(effect: string, path: string): FieldError[] {
  return effects.includes(effect) ? [] : [notSupported(path, effect, effects)];
}

const effects: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** validateNodeTaints: each key once for each effect. */
export function validateNodeTaints(
  taints: readonly Unchecked<Taint>[],
  path: string,
): FieldError[] {
  const used = new Set<string>();
  return taints.flatMap((taint, index) => {
    const { key = "", value = "", effect = "", timeAdded = null } = taint;
    const at = `${path}[${index}]`;
    const messages = isValidLabelValue(value);
    const pair = `${effect}:${key}`;
    const isSecond = used.has(pair);
    used.add(pair);
    const shown = { Key: key, Value: value, Effect: effect, TimeAdded: timeAdded };
    return [
      ...validateLabelName(key, `${at}.key`),
      ...(messages.length === 0 ? [] : [invalid(`${at}.value`, value, messages.join(";"))]),
      ...(effect === "" ? [required(`${at}.effect`)] : validateTaintEffect(effect, `${at}.effect`)),
      ...(isSecond ? [duplicate(at, shown, "taints must be unique by key and effect pair")] : []),
    ];
  });
}
