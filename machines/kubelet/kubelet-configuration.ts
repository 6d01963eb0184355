import type { KubeletConfiguration } from "../api/kubelet-configuration.ts";
import type { Unchecked } from "../api/unchecked.ts";

type AnyConfiguration = Unchecked<KubeletConfiguration>;

/**
 * What a kubelet takes where its configuration says nothing (no field, not zero). Eviction
 * thresholds have their defaults where they are read: one that is given replaces them all.
 * Source: pkg/kubelet/apis/config/v1beta1/defaults.go SetDefaults_KubeletConfiguration.
 */
export function setDefaultsKubeletConfiguration(config: AnyConfiguration): AnyConfiguration {
  const { maxParallelImagePulls = 0, nodeStatusUpdateFrequency, podPidsLimit = -1 } = config;
  return {
    ...defaults,
    serializeImagePulls: maxParallelImagePulls < 2,
    nodeStatusReportFrequency: nodeStatusUpdateFrequency ?? "5m0s",
    ...config,
    podPidsLimit: Math.max(podPidsLimit, -1),
    crashLoopBackOff: { maxContainerRestartPeriod: "5m0s", ...config.crashLoopBackOff },
  };
}

const defaults = {
  syncFrequency: "1m0s",
  registryPullQPS: 5,
  registryBurst: 10,
  eventRecordQPS: 50,
  eventBurst: 100,
  oomScoreAdj: -999,
  nodeStatusUpdateFrequency: "10s",
  nodeLeaseDurationSeconds: 40,
  imageMinimumGCAge: "2m0s",
  imageGCHighThresholdPercent: 85,
  imageGCLowThresholdPercent: 80,
  cgroupsPerQOS: true,
  cgroupDriver: "cgroupfs",
  cpuManagerPolicy: "none",
  memoryManagerPolicy: "None",
  topologyManagerPolicy: "none",
  topologyManagerScope: "container",
  hairpinMode: "promiscuous-bridge",
  maxPods: 110,
  kubeAPIQPS: 50,
  kubeAPIBurst: 100,
  evictionPressureTransitionPeriod: "5m0s",
  mergeDefaultEvictionSettings: false,
  failSwapOn: true,
  containerLogMaxSize: "10Mi",
  containerLogMaxFiles: 5,
  enforceNodeAllocatable: ["pods"],
  seccompDefault: false,
  registerNode: true,
  localStorageCapacityIsolation: true,
  imagePullCredentialsVerificationPolicy: "NeverVerifyPreloadedImages",
} as const;
