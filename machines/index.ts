export { catalogue, samples } from "./catalogue.ts";
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
  crdFinalizerMachine,
  crdFinalizerSamples,
} from "./controllers/crd-finalizer/crd-finalizer.machine.ts";
export {
  namespaceMachine,
  namespaceSamples,
} from "./controllers/namespace/namespace.machine.ts";
export { podGcMachine, podGcSamples } from "./controllers/pod-gc/pod-gc.machine.ts";
export {
  garbageCollectorMachine,
  garbageCollectorSamples,
} from "./controllers/garbage-collector/garbage-collector.machine.ts";
export {
  controlPlaneComponentMachine,
  controlPlaneComponentSamples,
} from "./kubelet/control-plane-component.machine.ts";
export {
  serviceAccountMachine,
  serviceAccountSamples,
} from "./controllers/service-account/service-account.machine.ts";
export {
  rootCaCertPublisherMachine,
  rootCaCertPublisherSamples,
} from "./controllers/root-ca-cert-publisher/root-ca-cert-publisher.machine.ts";
export {
  resourceQuotaMachine,
  resourceQuotaSamples,
} from "./controllers/resource-quota/resource-quota.machine.ts";
export {
  leaderElectionMachine,
  leaderElectionSamples,
} from "./controllers/leader-election/leader-election.machine.ts";
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
export { kubeProxyMachine, kubeProxySamples } from "./proxy/kube-proxy.machine.ts";
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
