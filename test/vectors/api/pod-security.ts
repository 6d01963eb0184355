import { violationsOf, violationsText } from "../../../machines/apiserver/pod-security-checks.ts";
import { policyToEvaluate } from "../../../machines/apiserver/pod-security-policy.ts";
import type { CheckedPod } from "../../../machines/apiserver/pod-security-text.ts";

interface Input {
  readonly pod: CheckedPod;
  /** `latest` or `v1.28` */
  readonly version: string;
}

/** What each level finds in a pod. */
export function run({ pod, version }: Input): unknown {
  const found = (["baseline", "restricted"] as const).map((level) => {
    const prefix = "pod-security.kubernetes.io/enforce";
    const labels = { [prefix]: level, [`${prefix}-version`]: version };
    const { enforce } = policyToEvaluate(labels).policy;
    return [level, violationsText(violationsOf(pod, enforce))] as const;
  });
  return Object.fromEntries(found);
}
