import type { NodeCondition, Taint } from "../api/node.ts";
import type { PressureCondition } from "./eviction-signals.ts";

/** A pressure condition as the kubelet posts it, and the reason of the Event when it changes. */
export interface PressureReport {
  readonly condition: Pick<NodeCondition, "type" | "status" | "reason" | "message">;
  readonly event: string;
}

/** The three conditions in the order of the setters; pkg/kubelet/nodestatus/setters.go. */
export function pressureReports(present: readonly PressureCondition[]): readonly PressureReport[] {
  return pressureConditions.map((type) => {
    const isPresent = present.includes(type);
    const { reason, message } = words[type][isPresent ? "True" : "False"];
    const condition = { type, status: isPresent ? "True" : "False", reason, message } as const;
    return { condition, event: reason.replace("Kubelet", "Node") };
  });
}

/**
 * A node's taints as its pressure conditions want them; the others stay.
 * pkg/controller/nodelifecycle/node_lifecycle_controller.go doNoScheduleTaintingPass
 */
export function pressureTaints(
  taints: readonly Taint[],
  conditions: readonly Pick<NodeCondition, "type" | "status">[],
  timeAdded: string,
): readonly Taint[] {
  const wanted = pressureConditions.filter((type) =>
    conditions.some((one) => one.type === type && one.status === "True"),
  );
  const keys = wanted.map((type) => taintKeys[type]);
  const kept = taints.filter(({ key, effect }) => {
    const isOurs = effect === "NoSchedule" && Object.values(taintKeys).some((one) => one === key);
    return !isOurs || keys.some((one) => one === key);
  });
  const isThere = (key: string): boolean =>
    kept.some((one) => one.key === key && one.effect === "NoSchedule");
  const added = keys.filter((key) => !isThere(key));
  return [...kept, ...added.map((key) => ({ key, effect: "NoSchedule", timeAdded }) as const)];
}

const pressureConditions = ["MemoryPressure", "DiskPressure", "PIDPressure"] as const;

/** staging/src/k8s.io/api/core/v1/well_known_taints.go. */
const taintKeys = {
  MemoryPressure: "node.kubernetes.io/memory-pressure",
  DiskPressure: "node.kubernetes.io/disk-pressure",
  PIDPressure: "node.kubernetes.io/pid-pressure",
} as const;

const words = {
  MemoryPressure: {
    True: {
      reason: "KubeletHasInsufficientMemory",
      message: "kubelet has insufficient memory available",
    },
    False: {
      reason: "KubeletHasSufficientMemory",
      message: "kubelet has sufficient memory available",
    },
  },
  DiskPressure: {
    True: { reason: "KubeletHasDiskPressure", message: "kubelet has disk pressure" },
    False: { reason: "KubeletHasNoDiskPressure", message: "kubelet has no disk pressure" },
  },
  PIDPressure: {
    True: {
      reason: "KubeletHasInsufficientPID",
      message: "kubelet has insufficient PID available",
    },
    False: { reason: "KubeletHasSufficientPID", message: "kubelet has sufficient PID available" },
  },
} as const;
