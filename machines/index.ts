import type { AnyStateMachine } from "xstate";

import { requestMachine, requestSamples } from "./apiserver/request.machine.ts";
import {
  deploymentMachine,
  deploymentSamples,
} from "./controllers/deployment/deployment.machine.ts";
import { endpointsMachine, endpointsSamples } from "./controllers/endpoint/endpoints.machine.ts";
import {
  endpointSliceMachine,
  endpointSliceSamples,
} from "./controllers/endpointslice/endpoint-slice.machine.ts";
import {
  nodeLifecycleMachine,
  nodeLifecycleSamples,
} from "./controllers/node-lifecycle/node-lifecycle.machine.ts";
import {
  nodeTaintMachine,
  nodeTaintSamples,
} from "./controllers/node-lifecycle/node-taint.machine.ts";
import {
  taintEvictionMachine,
  taintEvictionSamples,
} from "./controllers/taint-eviction/taint-eviction.machine.ts";
import {
  reconcileLoopMachine,
  reconcileLoopSamples,
} from "./controllers/reconcile-loop.machine.ts";
import {
  replicaSetMachine,
  replicaSetSamples,
} from "./controllers/replica-set/replica-set.machine.ts";
import { containerMachine, containerSamples } from "./kubelet/container.machine.ts";
import { containerKillMachine, containerKillSamples } from "./kubelet/container-kill.machine.ts";
import {
  containerMemoryMachine,
  containerMemorySamples,
} from "./kubelet/container-memory.machine.ts";
import { containerStartMachine, containerStartSamples } from "./kubelet/container-start.machine.ts";
import {
  evictionManagerMachine,
  evictionManagerSamples,
} from "./kubelet/eviction-manager.machine.ts";
import { imagePullMachine, imagePullSamples } from "./kubelet/image-pull.machine.ts";
import { imagePullerMachine, imagePullerSamples } from "./kubelet/image-puller.machine.ts";
import { kubeletMachine, kubeletSamples } from "./kubelet/kubelet.machine.ts";
import { podConditionsMachine, podConditionsSamples } from "./kubelet/pod-conditions.machine.ts";
import { podKillMachine, podKillSamples } from "./kubelet/pod-kill.machine.ts";
import { podPhaseMachine, podPhaseSamples } from "./kubelet/pod-phase.machine.ts";
import { podResizeMachine, podResizeSamples } from "./kubelet/pod-resize.machine.ts";
import { podSandboxMachine, podSandboxSamples } from "./kubelet/pod-sandbox.machine.ts";
import { podSyncMachine, podSyncSamples } from "./kubelet/pod-sync.machine.ts";
import { podTerminationMachine, podTerminationSamples } from "./kubelet/pod-termination.machine.ts";
import { podWorkerMachine, podWorkerSamples } from "./kubelet/pod-worker.machine.ts";
import { probeMachine, probeSamples } from "./kubelet/probe.machine.ts";
import {
  restartBackOffMachine,
  restartBackOffSamples,
} from "./kubelet/restart-back-off.machine.ts";
import { softThresholdMachine, softThresholdSamples } from "./kubelet/soft-threshold.machine.ts";
import { statusManagerMachine, statusManagerSamples } from "./kubelet/status-manager.machine.ts";
import { volumeMachine, volumeSamples } from "./kubelet/volume.machine.ts";
import type { Samples } from "./samples.ts";
import { bindingCycleMachine, bindingCycleSamples } from "./scheduler/binding-cycle.machine.ts";
import {
  schedulingCycleMachine,
  schedulingCycleSamples,
} from "./scheduler/scheduling-cycle.machine.ts";
import {
  schedulingQueueMachine,
  schedulingQueueSamples,
} from "./scheduler/scheduling-queue.machine.ts";

export { requestMachine, requestSamples } from "./apiserver/request.machine.ts";
export { type KubernetesVersion, forVersion } from "./for-version.ts";
export {
  deploymentMachine,
  deploymentSamples,
} from "./controllers/deployment/deployment.machine.ts";
export { endpointsMachine, endpointsSamples } from "./controllers/endpoint/endpoints.machine.ts";
export {
  endpointSliceMachine,
  endpointSliceSamples,
} from "./controllers/endpointslice/endpoint-slice.machine.ts";
export {
  nodeLifecycleMachine,
  nodeLifecycleSamples,
} from "./controllers/node-lifecycle/node-lifecycle.machine.ts";
export {
  nodeTaintMachine,
  nodeTaintSamples,
} from "./controllers/node-lifecycle/node-taint.machine.ts";
export {
  taintEvictionMachine,
  taintEvictionSamples,
} from "./controllers/taint-eviction/taint-eviction.machine.ts";
export {
  reconcileLoopMachine,
  reconcileLoopSamples,
} from "./controllers/reconcile-loop.machine.ts";
export {
  replicaSetMachine,
  replicaSetSamples,
} from "./controllers/replica-set/replica-set.machine.ts";
export { containerMachine, containerSamples } from "./kubelet/container.machine.ts";
export { containerKillMachine, containerKillSamples } from "./kubelet/container-kill.machine.ts";
export {
  containerMemoryMachine,
  containerMemorySamples,
} from "./kubelet/container-memory.machine.ts";
export { containerStartMachine, containerStartSamples } from "./kubelet/container-start.machine.ts";
export {
  evictionManagerMachine,
  evictionManagerSamples,
} from "./kubelet/eviction-manager.machine.ts";
export { imagePullMachine, imagePullSamples } from "./kubelet/image-pull.machine.ts";
export { imagePullerMachine, imagePullerSamples } from "./kubelet/image-puller.machine.ts";
export { kubeletMachine, kubeletSamples } from "./kubelet/kubelet.machine.ts";
export { podConditionsMachine, podConditionsSamples } from "./kubelet/pod-conditions.machine.ts";
export { podKillMachine, podKillSamples } from "./kubelet/pod-kill.machine.ts";
export { podPhaseMachine, podPhaseSamples } from "./kubelet/pod-phase.machine.ts";
export { podResizeMachine, podResizeSamples } from "./kubelet/pod-resize.machine.ts";
export { podSandboxMachine, podSandboxSamples } from "./kubelet/pod-sandbox.machine.ts";
export { podSyncMachine, podSyncSamples } from "./kubelet/pod-sync.machine.ts";
export { podTerminationMachine, podTerminationSamples } from "./kubelet/pod-termination.machine.ts";
export { podWorkerMachine, podWorkerSamples } from "./kubelet/pod-worker.machine.ts";
export { probeMachine, probeSamples } from "./kubelet/probe.machine.ts";
export {
  restartBackOffMachine,
  restartBackOffSamples,
} from "./kubelet/restart-back-off.machine.ts";
export { softThresholdMachine, softThresholdSamples } from "./kubelet/soft-threshold.machine.ts";
export { statusManagerMachine, statusManagerSamples } from "./kubelet/status-manager.machine.ts";
export { volumeMachine, volumeSamples } from "./kubelet/volume.machine.ts";
export type { Samples } from "./samples.ts";
export { type Timed, timed } from "./timed.ts";
export { bindingCycleMachine, bindingCycleSamples } from "./scheduler/binding-cycle.machine.ts";
export {
  schedulingCycleMachine,
  schedulingCycleSamples,
} from "./scheduler/scheduling-cycle.machine.ts";
export {
  schedulingQueueMachine,
  schedulingQueueSamples,
} from "./scheduler/scheduling-queue.machine.ts";

/** Every machine by its id, in the order in which a pod meets them. */
export const catalogue: Readonly<Record<string, AnyStateMachine>> = {
  request: requestMachine,
  podWorker: podWorkerMachine,
  podSync: podSyncMachine,
  podSandbox: podSandboxMachine,
  volume: volumeMachine,
  imagePull: imagePullMachine,
  imagePuller: imagePullerMachine,
  containerStart: containerStartMachine,
  container: containerMachine,
  containerMemory: containerMemoryMachine,
  probe: probeMachine,
  containerKill: containerKillMachine,
  restartBackOff: restartBackOffMachine,
  podPhase: podPhaseMachine,
  podConditions: podConditionsMachine,
  statusManager: statusManagerMachine,
  podResize: podResizeMachine,
  podTermination: podTerminationMachine,
  podKill: podKillMachine,
  softThreshold: softThresholdMachine,
  evictionManager: evictionManagerMachine,
  kubelet: kubeletMachine,
  schedulingQueue: schedulingQueueMachine,
  schedulingCycle: schedulingCycleMachine,
  bindingCycle: bindingCycleMachine,
  reconcileLoop: reconcileLoopMachine,
  replicaSet: replicaSetMachine,
  deployment: deploymentMachine,
  endpoints: endpointsMachine,
  endpointSlice: endpointSliceMachine,
  nodeLifecycle: nodeLifecycleMachine,
  nodeTaint: nodeTaintMachine,
  taintEviction: taintEvictionMachine,
};

/** What each machine of the catalogue can be tried with. */
export const samples: Readonly<Record<string, Samples<AnyStateMachine>>> = {
  request: requestSamples,
  podWorker: podWorkerSamples,
  podSync: podSyncSamples,
  podSandbox: podSandboxSamples,
  volume: volumeSamples,
  imagePull: imagePullSamples,
  imagePuller: imagePullerSamples,
  containerStart: containerStartSamples,
  container: containerSamples,
  containerMemory: containerMemorySamples,
  probe: probeSamples,
  containerKill: containerKillSamples,
  restartBackOff: restartBackOffSamples,
  podPhase: podPhaseSamples,
  podConditions: podConditionsSamples,
  statusManager: statusManagerSamples,
  podResize: podResizeSamples,
  podTermination: podTerminationSamples,
  podKill: podKillSamples,
  softThreshold: softThresholdSamples,
  evictionManager: evictionManagerSamples,
  kubelet: kubeletSamples,
  schedulingQueue: schedulingQueueSamples,
  schedulingCycle: schedulingCycleSamples,
  bindingCycle: bindingCycleSamples,
  reconcileLoop: reconcileLoopSamples,
  replicaSet: replicaSetSamples,
  deployment: deploymentSamples,
  endpoints: endpointsSamples,
  endpointSlice: endpointSliceSamples,
  nodeLifecycle: nodeLifecycleSamples,
  nodeTaint: nodeTaintSamples,
  taintEviction: taintEvictionSamples,
};
