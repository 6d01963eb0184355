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
  crdFinalizerMachine,
  crdFinalizerSamples,
} from "./controllers/crd-finalizer/crd-finalizer.machine.ts";
import { namespaceMachine, namespaceSamples } from "./controllers/namespace/namespace.machine.ts";
import { podGcMachine, podGcSamples } from "./controllers/pod-gc/pod-gc.machine.ts";
import {
  garbageCollectorMachine,
  garbageCollectorSamples,
} from "./controllers/garbage-collector/garbage-collector.machine.ts";
import {
  controlPlaneComponentMachine,
  controlPlaneComponentSamples,
} from "./kubelet/control-plane-component.machine.ts";
import {
  serviceAccountMachine,
  serviceAccountSamples,
} from "./controllers/service-account/service-account.machine.ts";
import {
  rootCaCertPublisherMachine,
  rootCaCertPublisherSamples,
} from "./controllers/root-ca-cert-publisher/root-ca-cert-publisher.machine.ts";
import {
  resourceQuotaMachine,
  resourceQuotaSamples,
} from "./controllers/resource-quota/resource-quota.machine.ts";
import {
  leaderElectionMachine,
  leaderElectionSamples,
} from "./controllers/leader-election/leader-election.machine.ts";
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
import { kubeProxyMachine, kubeProxySamples } from "./proxy/kube-proxy.machine.ts";
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
  controlPlaneComponent: controlPlaneComponentMachine,
  leaderElection: leaderElectionMachine,
  reconcileLoop: reconcileLoopMachine,
  replicaSet: replicaSetMachine,
  deployment: deploymentMachine,
  endpoints: endpointsMachine,
  endpointSlice: endpointSliceMachine,
  nodeLifecycle: nodeLifecycleMachine,
  nodeTaint: nodeTaintMachine,
  taintEviction: taintEvictionMachine,
  crdFinalizer: crdFinalizerMachine,
  namespace: namespaceMachine,
  serviceAccount: serviceAccountMachine,
  rootCaCertPublisher: rootCaCertPublisherMachine,
  resourceQuota: resourceQuotaMachine,
  podGc: podGcMachine,
  garbageCollector: garbageCollectorMachine,
  kubeProxy: kubeProxyMachine,
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
  controlPlaneComponent: controlPlaneComponentSamples,
  leaderElection: leaderElectionSamples,
  reconcileLoop: reconcileLoopSamples,
  replicaSet: replicaSetSamples,
  deployment: deploymentSamples,
  endpoints: endpointsSamples,
  endpointSlice: endpointSliceSamples,
  nodeLifecycle: nodeLifecycleSamples,
  nodeTaint: nodeTaintSamples,
  taintEviction: taintEvictionSamples,
  crdFinalizer: crdFinalizerSamples,
  namespace: namespaceSamples,
  serviceAccount: serviceAccountSamples,
  rootCaCertPublisher: rootCaCertPublisherSamples,
  resourceQuota: resourceQuotaSamples,
  podGc: podGcSamples,
  garbageCollector: garbageCollectorSamples,
  kubeProxy: kubeProxySamples,
};
