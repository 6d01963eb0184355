import type { Container, PodSpec } from "../api/pod.ts";
import type { ContainerRecord, SandboxRecord } from "./runtime-status.ts";

/** What decides about a container of the spec; the probes only by being there. */
export interface ContainerView
  extends Pick<Container, "name" | "restartPolicy" | "restartPolicyRules"> {
  readonly startupProbe?: object;
  readonly livenessProbe?: object;
}

/** What decides about a pod; a machine names its containers by slot and its records alike. */
export interface PodView {
  readonly metadata?: { readonly deletionTimestamp?: string };
  readonly spec: Pick<PodSpec, "restartPolicy" | "hostNetwork"> & {
    readonly containers: readonly ContainerView[];
    readonly initContainers?: readonly ContainerView[];
    readonly ephemeralContainers?: readonly { readonly name: string }[];
  };
}

export type RecordView = Pick<
  ContainerRecord,
  "name" | "id" | "state" | "exitCode" | "reason" | "specChanged" | "resizeRequiresRestart"
>;

export interface RuntimeView {
  /** Newest first for each name. */
  readonly containers?: readonly RecordView[];
  /** Newest first. */
  readonly sandboxes?: readonly Pick<
    SandboxRecord,
    "id" | "attempt" | "state" | "ip" | "network"
  >[];
}

export type ProbeResult = "success" | "failure" | "unknown";

/** By container id: what the probe managers have published, absent until they have. */
export type ProbeResults = Readonly<
  Record<string, { readonly liveness?: ProbeResult; readonly startup?: ProbeResult }>
>;

/** The newest record of a container. pkg/kubelet/container/runtime.go FindContainerStatusByName */
export function findContainerStatusByName<Named extends { readonly name: string }>(
  records: readonly Named[] | undefined,
  name: string,
): Named | undefined {
  return records?.find((record) => record.name === name);
}
