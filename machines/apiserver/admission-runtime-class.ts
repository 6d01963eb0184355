import type { RuntimeClass } from "../api/configuration-objects.ts";
import type { ResourceList } from "../api/meta.ts";
import type { PodSpec } from "../api/pod.ts";
import { cmpQuantity } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type Admission, refuse } from "./admission-refusal.ts";
import { mergeTolerations } from "./admission-tolerations.ts";

/**
 * The class of a pod must exist; its overhead and where it can run become the pod's.
 * Source: plugin/pkg/admission/runtimeclass/admission.go Admit and Validate.
 */
export function admitRuntimeClass(
  spec: Unchecked<PodSpec>,
  classes: readonly Unchecked<RuntimeClass>[],
): Admission {
  const name = spec.runtimeClassName;
  const runtimeClass = classes.find((one) => one.metadata?.name === name);
  if (name !== undefined && runtimeClass === undefined) {
    return refuse("runtimeClassName", `pod rejected: RuntimeClass ${quote(name)} not found`);
  }
  const { overhead, scheduling } = runtimeClass ?? {};
  if (overhead === undefined && spec.overhead !== undefined) {
    return refuse("overhead", `pod rejected: Pod Overhead set without ${definedOverhead}`);
  }
  const isOther =
    Object.keys(spec.overhead ?? {}).length > 0 && !isSame(overhead?.podFixed, spec.overhead);
  if (isOther) {
    return refuse(
      "overhead",
      "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    );
  }
  const withOverhead =
    overhead === undefined ? spec : { ...spec, overhead: overhead.podFixed ?? {} };
  return scheduling === undefined
    ? { spec: withOverhead }
    : withScheduling(withOverhead, scheduling);
}

const definedOverhead = "corresponding RuntimeClass defined Overhead";

function withScheduling(
  spec: Unchecked<PodSpec>,
  scheduling: NonNullable<Unchecked<RuntimeClass>["scheduling"]>,
): Admission {
  const own = spec.nodeSelector ?? {};
  const wanted = scheduling.nodeSelector ?? {};
  const conflict = Object.keys(wanted).find((key) => (own[key] ?? wanted[key]) !== wanted[key]);
  if (conflict !== undefined) {
    const ofClass = `runtimeClass.scheduling.nodeSelector[${conflict}] = ${wanted[conflict]}`;
    const ofPod = `pod.spec.nodeSelector[${conflict}] = ${own[conflict]}`;
    return refuse("nodeSelector", `conflict: ${ofClass}; ${ofPod}`);
  }
  const tolerations = mergeTolerations(spec.tolerations ?? [], scheduling.tolerations ?? []);
  return {
    spec: {
      ...spec,
      ...(spec.nodeSelector === undefined && scheduling.nodeSelector === undefined
        ? {}
        : { nodeSelector: { ...own, ...wanted } }),
      ...(tolerations.length > 0 && { tolerations }),
    },
  };
}

/** By amounts, not by how they are written. */
function isSame(a: ResourceList = {}, b: ResourceList = {}): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => {
    const [left, right] = [a[name], b[name]];
    if (left === undefined || right === undefined) return false;
    return cmpQuantity(mustParse(left), mustParse(right)) === 0;
  });
}
