import type { Taint } from "./node.ts";

/**
 * How the kubelet of a node is set up (kubelet.config.k8s.io/v1beta1); what the model knows and
 * what is only checked. Durations are Go's: `1m30s`.
 */
export interface KubeletConfiguration extends EvictionSettings, NodeShutdown, ImageSettings {
  readonly apiVersion: "kubelet.config.k8s.io/v1beta1";
  readonly kind: "KubeletConfiguration";
  readonly maxPods?: number;
  readonly podsPerCore?: number;
  readonly podPidsLimit?: number;
  readonly syncFrequency?: string;
  readonly nodeStatusUpdateFrequency?: string;
  readonly nodeStatusReportFrequency?: string;
  readonly nodeLeaseDurationSeconds?: number;
  readonly crashLoopBackOff?: { readonly maxContainerRestartPeriod?: string };
  readonly singleProcessOOMKill?: boolean;
  readonly eventRecordQPS?: number;
  readonly eventBurst?: number;
  readonly kubeAPIQPS?: number;
  readonly kubeAPIBurst?: number;
  readonly oomScoreAdj?: number;
  readonly failSwapOn?: boolean;
  readonly memorySwap?: { readonly swapBehavior?: string };
  readonly registerNode?: boolean;
  readonly registerWithTaints?: readonly Taint[];
  readonly staticPodPath?: string;
  readonly allowedUnsafeSysctls?: readonly string[];
  readonly cgroupsPerQOS?: boolean;
  readonly cgroupDriver?: string;
  readonly cpuManagerPolicy?: string;
  readonly memoryManagerPolicy?: string;
  readonly topologyManagerPolicy?: string;
  readonly topologyManagerScope?: string;
  readonly hairpinMode?: string;
  readonly systemReserved?: Readonly<Record<string, string>>;
  readonly kubeReserved?: Readonly<Record<string, string>>;
  readonly systemReservedCgroup?: string;
  readonly kubeReservedCgroup?: string;
  readonly enforceNodeAllocatable?: readonly string[];
  readonly seccompDefault?: boolean;
  readonly localStorageCapacityIsolation?: boolean;
  readonly containerLogMaxFiles?: number;
  readonly containerLogMaxSize?: string;
  readonly featureGates?: Readonly<Record<string, boolean>>;
}

/** When pods are evicted; amounts by signal. */
interface EvictionSettings {
  readonly evictionHard?: Readonly<Record<string, string>>;
  readonly evictionSoft?: Readonly<Record<string, string>>;
  readonly evictionSoftGracePeriod?: Readonly<Record<string, string>>;
  readonly evictionPressureTransitionPeriod?: string;
  readonly evictionMaxPodGracePeriod?: number;
  readonly evictionMinimumReclaim?: Readonly<Record<string, string>>;
  readonly mergeDefaultEvictionSettings?: boolean;
}

/** What pods get when the node is shut down. */
interface NodeShutdown {
  readonly shutdownGracePeriod?: string;
  readonly shutdownGracePeriodCriticalPods?: string;
  readonly shutdownGracePeriodByPodPriority?: readonly {
    readonly priority: number;
    readonly shutdownGracePeriodSeconds: number;
  }[];
}

/** Pulling images and throwing them away. */
interface ImageSettings {
  readonly serializeImagePulls?: boolean;
  readonly maxParallelImagePulls?: number;
  readonly registryPullQPS?: number;
  readonly registryBurst?: number;
  readonly imageMinimumGCAge?: string;
  readonly imageMaximumGCAge?: string;
  readonly imageGCHighThresholdPercent?: number;
  readonly imageGCLowThresholdPercent?: number;
  readonly imagePullCredentialsVerificationPolicy?:
    | "NeverVerify"
    | "NeverVerifyPreloadedImages"
    | "NeverVerifyAllowlistedImages"
    | "AlwaysVerify";
  readonly preloadedImagesVerificationAllowlist?: readonly string[];
}
