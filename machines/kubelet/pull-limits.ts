/** What of a KubeletConfiguration bounds the pulls of a node. */
export interface PullConfiguration {
  readonly serializeImagePulls?: boolean;
  readonly maxParallelImagePulls?: number | null;
  readonly registryPullQPS?: number;
  readonly registryBurst?: number;
}

/** How many pulls of a node may run at once, and how many may begin. */
export interface PullLimits {
  /** null: any number. */
  readonly slots: number | null;
  /** Between two tokens; 0: pulls are not counted. */
  readonly refillMs: number;
  /** As many tokens as can be saved up. */
  readonly burst: number;
}

/**
 * The puller that a node's configuration makes; the defaults are those of KubeletConfiguration.
 * pkg/kubelet/images/image_manager.go NewImageManager, apis/config/v1beta1/defaults.go
 */
export function pullLimits(configuration: PullConfiguration): PullLimits {
  const { maxParallelImagePulls, registryPullQPS = 5, registryBurst } = configuration;
  const parallel = maxParallelImagePulls ?? 0;
  const { serializeImagePulls = parallel < 2 } = configuration;
  const unlimited = parallel < 1 ? null : parallel;
  return {
    slots: serializeImagePulls ? 1 : unlimited,
    refillMs: registryPullQPS === 0 ? 0 : 1_000 / registryPullQPS,
    burst: registryBurst === undefined || registryBurst === 0 ? 10 : registryBurst,
  };
}
