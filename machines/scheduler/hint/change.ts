import type { Node } from "../../api/node.ts";
import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod } from "../../api/pod.ts";
import type { Handle } from "../framework/handle.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { ActionType } from "../queue/cluster-event.ts";

/** An object that came (without `before`), went (without `after`) or is another now. */
export type Change =
  | Changed<"Pod", Pod>
  | Changed<"Node", Node>
  | Changed<"PersistentVolumeClaim", PersistentVolumeClaim>;

interface Changed<Kind extends string, Type> {
  readonly kind: Kind;
  readonly before?: Type;
  readonly after?: Type;
}

/**
 * An event that a plugin asks to be told of, because it may help a pod that it refused;
 * kube-scheduler framework/types.go ClusterEventWithHint.
 */
export type HintedEvent =
  | Hinted<"Pod", Pod>
  | Hinted<"Node", Node>
  | Hinted<"PersistentVolumeClaim", PersistentVolumeClaim>;

interface Hinted<Kind extends string, Type> {
  readonly kind: Kind;
  readonly actions: readonly ActionType[];
  /** Whether the pod is worth another attempt now; without a hint it always is. */
  readonly hint?: (
    podInfo: PodInfo,
    before: Type | undefined,
    after: Type | undefined,
    handle: Handle,
  ) => boolean;
}
