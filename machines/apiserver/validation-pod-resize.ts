import type { ResourceList } from "../api/meta.ts";
import { type Container, isRestartableInitContainer, type Pod } from "../api/pod.ts";
import { computePodQOS, getPodQOS } from "../api/pod-qos.ts";
import { isPodLevelResourcesSet } from "../api/resources.ts";
import { type FieldError, forbidden, invalid } from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";

/**
 * What a resize may change: processors and memory of containers and sidecars, and not the class.
 * pkg/apis/core/validation/validation.go ValidatePodResize, without what a new pod is asked for.
 */
export function validatePodResize(pod: Pod, old: Pod): readonly FieldError[] {
  if (old.spec.os?.name === "windows") return [forbidden("", "windows pods cannot be resized")];
  const errors = [...qosErrors(pod, old), ...nodeErrors(old)];
  if (isPodLevelResourcesSet(pod) || isPodLevelResourcesSet(old)) {
    return [...errors, forbidden("", ofPods)];
  }
  return [
    ...errors,
    ...containerErrors(pod, old, "initContainers"),
    ...containerErrors(pod, old, "containers"),
  ];
}

const ofPods =
  "resize of pods with pod-level resources is forbidden when InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled";

function qosErrors(pod: Pod, old: Pod): readonly FieldError[] {
  if (getPodQOS(old) === computePodQOS(pod)) return [];
  const detail = "Pod QOS Class may not change as a result of resizing";
  return [invalid("spec", pod.status?.qosClass ?? "", detail)];
}

/** Whose kubelet says what it has given can give it something else. isPodResizeRequestSupported */
function nodeErrors({ status }: Pod): readonly FieldError[] {
  const running = (status?.containerStatuses ?? []).find(({ state }) => state?.running);
  if (running === undefined || running.resources !== undefined) return [];
  return [forbidden("spec", "Pod running on node without support for resize")];
}

function containerErrors(
  pod: Pod,
  old: Pod,
  kind: "containers" | "initContainers",
): readonly FieldError[] {
  const before = old.spec[kind] ?? [];
  return (pod.spec[kind] ?? []).flatMap((container, index) => {
    const was = before[index];
    if (was === undefined) return [];
    const path = `spec.${kind}[${index}].resources`;
    const mayResize = kind === "containers" || isRestartableInitContainer(was);
    return mayResize
      ? [...removals(container, was, path), ...others(container, was, kind)]
      : fixed(container, was);
  });
}

function removals(container: Container, was: Container, path: string): readonly FieldError[] {
  const [now, before] = [container.resources ?? {}, was.resources ?? {}];
  return (["requests", "limits"] as const).flatMap((name) => {
    const isGone = Object.keys(before[name] ?? {}).some((one) => now[name]?.[one] === undefined);
    const what = name === "requests" ? "resource requests" : "resource limits";
    return isGone ? [forbidden(`${path}.${name}`, `${what} cannot be removed`)] : [];
  });
}

function others(container: Container, was: Container, kind: string): readonly FieldError[] {
  const [now, before] = [container.resources ?? {}, was.resources ?? {}];
  const isSame =
    semanticDeepEqual(withoutResizable(now.requests), withoutResizable(before.requests)) &&
    semanticDeepEqual(withoutResizable(now.limits), withoutResizable(before.limits));
  if (isSame) return [];
  const whose = kind === "containers" ? "" : " for sidecar containers";
  return [forbidden("spec", `only cpu and memory resources${whose} are mutable`)];
}

function fixed(container: Container, was: Container): readonly FieldError[] {
  const isSame = semanticDeepEqual(container.resources ?? {}, was.resources ?? {});
  const detail = "resources for non-sidecar init containers are immutable";
  return isSame ? [] : [forbidden("spec", detail)];
}

function withoutResizable(list: ResourceList = {}): ResourceList {
  const { cpu: _, memory: __, ...rest } = list;
  return rest;
}
