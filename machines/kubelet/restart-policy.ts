import type { Container, ContainerRestartRule, PodSpec } from "../api/pod.ts";
import type { ContainerStatus, PodStatus } from "../api/pod-status.ts";
import { findContainerStatusByName } from "./pod-view.ts";
import type { ContainerRecord } from "./runtime-status.ts";

/** The feature gates these decisions ask for; an absent one has its default of 1.35. */
export interface RestartGates {
  /** On: containers may have a policy and rules of their own. */
  readonly ContainerRestartRules?: boolean;
  /** Off: a rule may restart the whole pod in place. */
  readonly RestartAllContainersOnContainerExits?: boolean;
}

export type RestartingContainer = Pick<Container, "name" | "restartPolicy" | "restartPolicyRules">;

export interface RestartingPod {
  readonly metadata?: { readonly deletionTimestamp?: string };
  readonly spec: Pick<PodSpec, "restartPolicy">;
}

export interface RestartingSpec {
  readonly containers: readonly RestartingContainer[];
  readonly initContainers?: readonly RestartingContainer[];
}

type Records = readonly Pick<ContainerRecord, "name" | "state" | "exitCode">[];

/**
 * Whether the kubelet's next sync starts the container (again); the newest record decides, back-off
 * is not considered. pkg/kubelet/container/helpers.go ShouldContainerBeRestarted
 */
export function shouldContainerBeRestarted(
  container: RestartingContainer,
  pod: RestartingPod,
  runtime: { readonly containers?: Records },
  gates: RestartGates = {},
): boolean {
  if (pod.metadata?.deletionTimestamp !== undefined) return false;
  const record = findContainerStatusByName(runtime.containers, container.name);
  switch (record?.state) {
    case undefined:
    case "created":
    case "unknown":
      return true;
    case "running":
      return false;
    case "exited":
      return gates.ContainerRestartRules === false
        ? policyRestarts(pod.spec.restartPolicy, record?.exitCode ?? 0)
        : containerShouldRestart(container, pod.spec, record?.exitCode ?? 0, gates);
  }
}

/**
 * What an exit code means for the container: its own rules, then its own policy, then the pod's;
 * rules without an own policy are ignored. pkg/api/v1/pod/util.go ContainerShouldRestart
 */
export function containerShouldRestart(
  container: Pick<RestartingContainer, "restartPolicy" | "restartPolicyRules">,
  spec: Pick<PodSpec, "restartPolicy">,
  exitCode: number,
  gates: RestartGates = {},
): boolean {
  if (container.restartPolicy === undefined) return policyRestarts(spec.restartPolicy, exitCode);
  switch (findMatchingContainerRestartRule(container, exitCode)?.action) {
    case "Restart":
      return true;
    case "RestartAllContainers":
      if (gates.RestartAllContainersOnContainerExits === true) return true;
      break;
    case undefined:
      break;
  }
  return policyRestarts(container.restartPolicy, exitCode);
}

/**
 * The first rule that the exit code meets; one without exit codes meets none.
 * pkg/api/v1/pod/util.go FindMatchingContainerRestartRule
 */
export function findMatchingContainerRestartRule(
  { restartPolicyRules = [] }: Pick<Container, "restartPolicyRules">,
  exitCode: number,
): ContainerRestartRule | undefined {
  return restartPolicyRules.find(({ exitCodes }) => {
    if (exitCodes === undefined) return false;
    const listed = exitCodes.values?.includes(exitCode) ?? false;
    return exitCodes.operator === "In" ? listed : exitCodes.operator === "NotIn" && !listed;
  });
}

/**
 * Whether a RestartAllContainers rule has been met, by the runtime's records or by the API's
 * status; asked only behind the gate. pkg/kubelet/container/helpers.go ShouldAllContainersRestart
 */
export function shouldAllContainersRestart(
  spec: RestartingSpec,
  records: Records | undefined,
  status: Pick<PodStatus, "conditions" | "initContainerStatuses" | "containerStatuses"> | undefined,
): boolean {
  const isRestarting = status?.conditions?.some(
    (condition) => condition.type === "AllContainersRestarting" && condition.status === "True",
  );
  if (isRestarting === true) return true;
  return allContainers(spec).some((container) => {
    const record = findContainerStatusByName(records, container.name);
    if (records !== undefined && record?.state !== "exited") return false;
    if (record !== undefined && restartsAll(container, record.exitCode ?? 0)) return true;
    const terminated = status && apiStatusOf(status, container.name)?.state?.terminated;
    return terminated !== undefined && restartsAll(container, terminated.exitCode);
  });
}

/** Some rule can restart all containers. pkg/api/v1/pod/util.go AllContainersCouldRestart */
export function allContainersCouldRestart(spec: RestartingSpec): boolean {
  return allContainers(spec).some(({ restartPolicyRules = [] }) =>
    restartPolicyRules.some(({ action }) => action === "RestartAllContainers"),
  );
}

/**
 * The rules by what they mean for their own container: behind the gate, restarting all restarts
 * it, too; without it such a rule means what it says nowhere.
 */
export function ownRules(
  { restartPolicyRules }: Pick<Container, "restartPolicyRules">,
  gates: RestartGates = {},
): readonly ContainerRestartRule[] | undefined {
  if (gates.RestartAllContainersOnContainerExits !== true) return restartPolicyRules;
  return restartPolicyRules?.map((rule) => ({ ...rule, action: "Restart" }));
}

/** pkg/kubelet/container/helpers.go AllContainersRestartCleanedUp: no record is left of any. */
export function allContainersRestartCleanedUp(
  spec: RestartingSpec,
  records: readonly Pick<ContainerRecord, "name">[],
): boolean {
  return !allContainers(spec).some(({ name }) => findContainerStatusByName(records, name));
}

/** Without a policy (never so at the API) a pod restarts always. */
function policyRestarts(policy: PodSpec["restartPolicy"], exitCode: number): boolean {
  if (policy === "OnFailure") return exitCode !== 0;
  return policy !== "Never";
}

function restartsAll(container: RestartingContainer, exitCode: number): boolean {
  return findMatchingContainerRestartRule(container, exitCode)?.action === "RestartAllContainers";
}

function allContainers(spec: RestartingSpec): readonly RestartingContainer[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** A regular container's status hides an init container's of the same name. */
function apiStatusOf(
  status: Pick<PodStatus, "initContainerStatuses" | "containerStatuses">,
  name: string,
): ContainerStatus | undefined {
  const named = (one: ContainerStatus): boolean => one.name === name;
  return status.containerStatuses?.find(named) ?? status.initContainerStatuses?.find(named);
}
