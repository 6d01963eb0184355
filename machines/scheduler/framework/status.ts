/** What a plugin answers when it does not agree; kube-scheduler framework/interface.go Code. */
export type Code =
  | "Error"
  | "Unschedulable"
  | "UnschedulableAndUnresolvable"
  | "Wait"
  | "Skip"
  | "Pending";

/** kube-scheduler framework/interface.go Status; undefined is Kubernetes' nil: success. */
export interface Status {
  readonly code: Code;
  readonly reasons: readonly string[];
  /** The plugin that said so. */
  readonly plugin?: string;
}

export type Verdict = Status | undefined;

/** The node is not for this pod now; preemption may change that. */
export function unschedulable(...reasons: readonly string[]): Status {
  return { code: "Unschedulable", reasons };
}

/** Preemption cannot change that. */
export function unresolvable(...reasons: readonly string[]): Status {
  return { code: "UnschedulableAndUnresolvable", reasons };
}

/** `AsStatus` of an error. */
export function errorStatus(error: string): Status {
  return { code: "Error", reasons: [error] };
}

/** The plugin has nothing to say about the pod. */
export const skip: Status = { code: "Skip", reasons: [] };

/** `Message`. */
export function statusMessage(status: Verdict): string {
  return status?.reasons.join(", ") ?? "";
}

/** `IsRejected`: the pod is refused, and nothing went wrong. */
export function isRejected(status: Verdict): status is Status {
  return (
    status?.code === "Unschedulable" ||
    status?.code === "UnschedulableAndUnresolvable" ||
    status?.code === "Pending"
  );
}
