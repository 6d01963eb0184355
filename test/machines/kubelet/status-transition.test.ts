import { describe, expect, it } from "vitest";

import type { RestartPolicy } from "../../../machines/api/pod.ts";
import { checkContainerStateTransition } from "../../../machines/kubelet/status-transition.ts";

const exited = (exitCode: number) => [{ name: "a", state: { terminated: { exitCode } } }];
const waiting = [{ name: "a", state: { waiting: {} } }];

describe("checkContainerStateTransition", () => {
  const illegal = "terminated container a attempted illegal transition to non-terminated state";

  it.each<[RestartPolicy, number, RestartPolicy | undefined, string | undefined]>([
    ["Always", 0, undefined, undefined],
    ["OnFailure", 1, undefined, undefined],
    ["OnFailure", 0, undefined, illegal],
    ["Never", 1, undefined, illegal],
    ["Never", 1, "OnFailure", undefined],
    ["OnFailure", 1, "Never", undefined],
  ])(
    "of a pod with %s after exit %i and own policy %s says %s",
    (restartPolicy, code, own, says) => {
      const spec = {
        restartPolicy,
        containers: [{ name: "a", ...(own && { restartPolicy: own }) }],
      };
      const [before, after] = [{ containerStatuses: exited(code) }, { containerStatuses: waiting }];
      expect(checkContainerStateTransition(before, after, spec)).toBe(says);
      expect(checkContainerStateTransition(before, before, spec)).toBeUndefined();
    },
  );

  it("lets a sidecar start again and refuses a status that is not the spec's", () => {
    const sidecar = { name: "a", restartPolicy: "Always" } as const;
    const spec = { restartPolicy: "Never", containers: [], initContainers: [sidecar] } as const;
    const before = { initContainerStatuses: exited(0) };
    const after = { initContainerStatuses: waiting };
    expect(checkContainerStateTransition(before, after, spec)).toBeUndefined();
    const other = { ...spec, initContainers: [{ name: "b" }] };
    expect(checkContainerStateTransition(before, after, other)).toBe(
      "found mismatch between pod spec and status, container: a",
    );
  });
});
