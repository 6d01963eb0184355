import { quote } from "../api/quote.ts";
import type { Pod } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { FieldError } from "./field-error.ts";
import {
  compareLevels,
  isSameLevel,
  levelVersionText,
  type LevelVersion,
  policyToEvaluate,
} from "./pod-security-policy.ts";
import { violationsOf, violationsText } from "./pod-security-checks.ts";
import { type CheckedPod, sortedSet } from "./pod-security-text.ts";

type Labels = Readonly<Record<string, string>>;

/** What Pod Security says to a pod or to what makes pods. */
export interface PodSecurityAnswer {
  /** After `is forbidden: `. */
  readonly refusal?: string;
  readonly warnings: readonly string[];
  /** What the audit log is told. */
  readonly audit?: string;
}

/**
 * Holds a pod against its namespace's labels; what makes pods is only warned.
 * pod-security-admission/admission/admission.go EvaluatePod
 */
export function evaluatePod(
  pod: CheckedPod,
  labels: Labels | undefined,
  enforces: boolean,
): PodSecurityAnswer {
  const { policy } = policyToEvaluate(labels);
  const told = (set: LevelVersion, verb: string) => {
    const found = violationsOf(pod, set);
    if (found.length === 0) return undefined;
    return `${verb} PodSecurity ${quote(levelVersionText(set))}: ${violationsText(found)}`;
  };
  const refusal = enforces ? told(policy.enforce, "violates") : undefined;
  const audit = told(policy.audit, "would violate");
  const warning = refusal === undefined ? told(policy.warn, "would violate") : undefined;
  return {
    ...(refusal !== undefined && { refusal }),
    warnings: warning === undefined ? [] : [warning],
    ...(audit !== undefined && { audit }),
  };
}

/** Only another image or container makes a pod another one. isSignificantPodUpdate */
export function isSignificantPodUpdate(pod: Unchecked<Pod>, old: Unchecked<Pod>): boolean {
  return (
    (["containers", "initContainers"] as const).some((kind) => {
      const [now, before] = [pod.spec?.[kind] ?? [], old.spec?.[kind] ?? []];
      if (now.length !== before.length) return true;
      return now.some(({ image }, index) => image !== before[index]?.image);
    }) || hasOtherEphemeral(pod, old)
  );
}

function hasOtherEphemeral(pod: Unchecked<Pod>, old: Unchecked<Pod>): boolean {
  const before = old.spec?.ephemeralContainers ?? [];
  return (pod.spec?.ephemeralContainers ?? []).some(({ name, image }) => {
    return before.find((one) => one.name === name)?.image !== image;
  });
}

/** What is wrong with the labels of a namespace, but for what was wrong before. */
export function namespaceErrors(labels: Labels, old: Labels | undefined): readonly FieldError[] {
  const { errors } = policyToEvaluate(labels);
  if (old === undefined) return errors;
  const before = policyToEvaluate(old).errors;
  const isSame = JSON.stringify(errors) === JSON.stringify(before);
  return isSame ? [] : errors;
}

/** The pods that are there already and would not be let in now. EvaluatePodsInNamespace */
export function namespaceWarnings(
  namespace: string,
  { labels, old }: { readonly labels: Labels; readonly old: Labels },
  pods: readonly Pod[],
): readonly string[] {
  const now = policyToEvaluate(labels).policy.enforce;
  const before = policyToEvaluate(old).policy.enforce;
  const isSameVersion = now.minor === before.minor;
  const isLooser = isSameVersion && compareLevels(now.level, before.level) < 1;
  if (isSameLevel(now, before) || now.level === "privileged" || isLooser) return [];
  const reasons = pods.map((pod) => {
    const found = violationsOf(pod, now);
    return { name: pod.metadata.name, text: found.map(({ reason }) => reason).join(", ") };
  });
  const bad = reasons.filter(({ text }) => text !== "");
  if (bad.length === 0) return [];
  const each = sortedSet(bad.map(({ text }) => text)).map((text) => {
    const names = bad.filter((one) => one.text === text).map(({ name }) => name);
    return `${leastOf(names)}: ${text}`;
  });
  const level = quote(levelVersionText(now));
  const all = `existing pods in namespace ${quote(namespace)} violate the new PodSecurity enforce level ${level}`;
  return [all, ...each.toSorted()];
}

function leastOf(names: readonly string[]): string {
  const [first = "", ...others] = names.toSorted();
  if (others.length === 0) return first;
  const pods = others.length === 1 ? "pod" : "pods";
  return `${first} (and ${others.length} other ${pods})`;
}
