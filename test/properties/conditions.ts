import type { Pod } from "../../machines/api/pod.ts";
import type { PodCondition } from "../../machines/api/pod-status.ts";
import { computedConditions } from "../../machines/kubelet/computed-conditions.ts";
import { conditionOf, containersOf, isReported } from "./containers-of.ts";
import { ofEachPod, ofEachStep, type Property } from "./property.ts";
import { withCondition, withContainer, withStatus } from "./wrong-pods.ts";

/** What holds of the conditions. */
export const conditionProperties: readonly Property[] = [
  ofEachStep(
    "a condition's lastTransitionTime only ever moves when its status changes",
    everyCondition((before, after) => {
      const isMoved = before.lastTransitionTime !== after.lastTransitionTime;
      return isOfResize(after) || !isMoved || before.status !== after.status;
    }),
    (pod) => withCondition(pod, "PodScheduled", () => ({ lastTransitionTime: far })),
  ),
  ofEachStep(
    "a condition's lastTransitionTime never goes back",
    everyCondition((before, after) => {
      return (before.lastTransitionTime ?? "") <= (after.lastTransitionTime ?? far);
    }),
    (pod) => withCondition(pod, "Ready", () => ({ lastTransitionTime: "2000-01-01T00:00:00Z" })),
  ),
  ofEachPod(
    "there is never more than one condition of a type",
    ({ status: { conditions = [] } = {} }) =>
      new Set(conditions.map(({ type }) => type)).size === conditions.length,
    (pod) => {
      const [first, ...others] = pod.status?.conditions ?? [];
      return first && withStatus(pod, { conditions: [first, first, ...others] });
    },
  ),
  ofEachPod(
    "a pod whose containers have statuses always has all conditions that its kubelet computes",
    (pod) =>
      !isReported(pod) ||
      containersOf(pod).length === 0 ||
      computedConditions.every((type) => conditionOf(pod, type) !== undefined),
    (pod) => {
      const others = pod.status?.conditions?.filter(({ type }) => type !== "Initialized");
      return containersOf(pod).length > 0
        ? withStatus(pod, { conditions: others ?? [] })
        : undefined;
    },
  ),
  ofEachPod(
    "a pod whose containers have statuses is always PodScheduled",
    (pod) => containersOf(pod).length === 0 || isTrue(pod, "PodScheduled"),
    (pod) => {
      const isExample = containersOf(pod).length > 0;
      return isExample
        ? withCondition(pod, "PodScheduled", () => ({ status: "False" }))
        : undefined;
    },
  ),
  implies(
    "a pod that is Ready is always ContainersReady",
    (pod) => isTrue(pod, "Ready"),
    (pod) => isTrue(pod, "ContainersReady"),
    (pod) => withCondition(pod, "ContainersReady", () => ({ status: "False" })),
  ),
  implies(
    "a pod that is ContainersReady is always Initialized",
    (pod) => isTrue(pod, "ContainersReady"),
    (pod) => isTrue(pod, "Initialized"),
    (pod) => withCondition(pod, "Initialized", () => ({ status: "False" })),
  ),
  implies(
    "every regular container and sidecar of a pod that is ContainersReady is always ready",
    (pod) => isTrue(pod, "ContainersReady"),
    (pod) => {
      const ready = containersOf(pod).filter(({ kind, status }) => kind !== "init" && status.ready);
      const sidecars = pod.spec.initContainers?.filter((one) => one.restartPolicy === "Always");
      return ready.length === pod.spec.containers.length + (sidecars ?? []).length;
    },
    (pod) => withContainer(pod, () => ({ ready: false })),
  ),
  implies(
    "a pod that is not ContainersReady always says why",
    (pod) => conditionOf(pod, "ContainersReady")?.status === "False",
    (pod) => Boolean(conditionOf(pod, "ContainersReady")?.reason),
    (pod) => withCondition(pod, "ContainersReady", () => ({ reason: "" })),
  ),
  implies(
    "a pod that is PodReadyToStartContainers always has an address",
    (pod) => isTrue(pod, "PodReadyToStartContainers"),
    ({ status }) => Boolean(status?.podIP),
    (pod) => withStatus(pod, { podIP: "" }),
  ),
  ofEachStep(
    "the generation that a status was made from never falls, and is never ahead of its pod's",
    (before, { metadata: { generation = 0 }, status }) => {
      const seen = status?.observedGeneration ?? 0;
      const all = [seen, ...(status?.conditions ?? []).map((one) => one.observedGeneration ?? 0)];
      return (before.status?.observedGeneration ?? 0) <= seen && Math.max(...all) <= generation;
    },
    (pod) => withStatus(pod, { observedGeneration: 99 }),
  ),
];

const far = "2100-01-01T00:00:00Z";

/** While the first holds, so does the second; the example of the mutant is one where it matters. */
function implies(
  says: string,
  premise: (pod: Pod) => boolean,
  conclusion: (pod: Pod) => boolean,
  wrong: (pod: Pod) => Pod | undefined,
): Property {
  return ofEachPod(
    says,
    (pod) => !isReported(pod) || !premise(pod) || conclusion(pod),
    (pod) => (isReported(pod) && premise(pod) ? wrong(pod) : undefined),
  );
}

function isTrue(pod: Pod, type: string): boolean {
  return conditionOf(pod, type)?.status === "True";
}

/** Those of a resize keep their own times. */
function isOfResize({ type }: PodCondition): boolean {
  return type.startsWith("PodResize");
}

function everyCondition(holds: (before: PodCondition, after: PodCondition) => boolean) {
  return (before: Pod, after: Pod): boolean =>
    (after.status?.conditions ?? []).every((condition) => {
      const old = conditionOf(before, condition.type);
      return old === undefined || holds(old, condition);
    });
}
