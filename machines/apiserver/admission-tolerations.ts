import type { PodSpec, Toleration } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";

type AnyToleration = Unchecked<Toleration>;

/**
 * A pod stays five minutes on a node that is lost or not ready, unless it says otherwise.
 * Source: plugin/pkg/admission/defaulttolerationseconds/admission.go.
 */
export function admitDefaultTolerations(spec: Unchecked<PodSpec>): Unchecked<PodSpec> {
  const given = spec.tolerations ?? [];
  const missing = [notReady, unreachable].filter((taint) => {
    return !given.some((one) => toleratesNoExecute(one, taint));
  });
  if (missing.length === 0) return spec;
  const added = missing.map((key) => {
    return { key, operator: "Exists", effect: "NoExecute", tolerationSeconds: defaultSeconds };
  });
  return { ...spec, tolerations: [...given, ...added] };
}

const notReady = "node.kubernetes.io/not-ready";
const unreachable = "node.kubernetes.io/unreachable";
const defaultSeconds = 300;

function toleratesNoExecute({ key, effect }: AnyToleration, taint: string): boolean {
  return (!key || key === taint) && (!effect || effect === "NoExecute");
}

/** Both lists without what another toleration covers; pkg/util/tolerations MergeTolerations. */
export function mergeTolerations(
  first: readonly AnyToleration[],
  second: readonly AnyToleration[],
): readonly AnyToleration[] {
  const all = [...first, ...second];
  const merged: AnyToleration[] = [];
  for (const [index, toleration] of all.entries()) {
    const isCovered =
      merged.some((other) => isSuperset(other, toleration)) ||
      all
        .slice(index + 1)
        .some((other) => !isEqual(other, toleration) && isSuperset(other, toleration));
    if (!isCovered) merged.push(toleration);
  }
  return merged;
}

function isEqual(a: AnyToleration, b: AnyToleration): boolean {
  const sameTime = a.tolerationSeconds === b.tolerationSeconds;
  const texts = ["key", "operator", "value", "effect"] as const;
  return sameTime && texts.every((name) => (a[name] ?? "") === (b[name] ?? ""));
}

function isSuperset(all: AnyToleration, one: AnyToleration): boolean {
  if (isEqual(all, one)) return true;
  const isForEveryKey = !all.key && all.operator === "Exists";
  if ((one.key ?? "") !== (all.key ?? "") && !isForEveryKey) return false;
  if ((one.effect ?? "") !== (all.effect ?? "") && all.effect) return false;
  if (all.effect === "NoExecute" && all.tolerationSeconds !== undefined) {
    if ((one.tolerationSeconds ?? Infinity) > all.tolerationSeconds) return false;
  }
  if (all.operator === "Exists") return true;
  const isEqualOperator = !all.operator || all.operator === "Equal";
  return isEqualOperator && one.operator === "Equal" && (one.value ?? "") === (all.value ?? "");
}
