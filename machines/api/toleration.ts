import type { Taint } from "./node.ts";
import type { Toleration } from "./pod.ts";

/**
 * An empty key or effect stands for every one; Lt and Gt need a feature gate that is off.
 * api core/v1/toleration.go ToleratesTaint
 */
export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  const { key = "", operator = "Equal", value = "", effect = "" } = toleration;
  if (effect !== "" && effect !== taint.effect) return false;
  if (key !== "" && key !== taint.key) return false;
  return operator === "Exists" || (operator === "Equal" && value === (taint.value ?? ""));
}

/**
 * The first taint of these effects that nothing tolerates.
 * component-helpers scheduling/corev1/helpers.go FindMatchingUntoleratedTaint
 */
export function findMatchingUntoleratedTaint(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  effects: readonly Taint["effect"][],
): Taint | undefined {
  return taints.find(
    (taint) =>
      effects.includes(taint.effect) &&
      !tolerations.some((toleration) => toleratesTaint(toleration, taint)),
  );
}
