import type { Pod, Toleration } from "../../api/pod.ts";
import type { NodeInfo } from "../framework/node-info.ts";

/** One change after which a pod would fit on a node. */
export type HelpfulChange =
  /** `by` is a quantity: `500m`, `1Gi`. */
  | {
      readonly type: "moreOnNode" | "lessRequested";
      readonly node: string;
      readonly resource: string;
      readonly by: string;
    }
  | { readonly type: "toleration"; readonly node: string; readonly toleration: Toleration }
  | {
      readonly type: "nodeLabel";
      readonly node: string;
      readonly key: string;
      readonly value: string;
    }
  | { readonly type: "nodeLabelGone"; readonly node: string; readonly key: string }
  | { readonly type: "uncordoned"; readonly node: string }
  /** `namespace/name` of one that runs on the node. */
  | { readonly type: "podGone"; readonly node: string; readonly pod: string }
  /** An empty node more with the capacity, labels and taints of this one. */
  | { readonly type: "nodeAdded"; readonly like: string };

/** A change that has yet to be tried. */
export interface Proposal {
  /** Of each sort the smallest is told. */
  readonly sort: string;
  readonly size: number;
  /** Where the pod shall fit. */
  readonly nodeName: string;
  /** The pod as it would be. */
  readonly pod?: Pod;
  /** The node as it would be. */
  readonly node?: NodeInfo;
  readonly isNew?: boolean;
  /** A pod that would be gone. */
  readonly gone?: Pod;
  readonly change: HelpfulChange;
}

/** A change as a sentence. */
export function helpfulChangeText(change: HelpfulChange): string {
  switch (change.type) {
    case "moreOnNode":
      return `${change.by} more ${change.resource} on node ${change.node}`;
    case "lessRequested":
      return `a request of ${change.by} less ${change.resource}, for node ${change.node}`;
    case "toleration":
      return `a toleration of ${tolerationText(change.toleration)}, for node ${change.node}`;
    case "nodeLabel":
      return `the label ${change.key}=${change.value} on node ${change.node}`;
    case "nodeLabelGone":
      return `no label ${change.key} on node ${change.node}`;
    case "uncordoned":
      return `kubectl uncordon ${change.node}`;
    case "podGone":
      return `one pod less: ${change.pod} on node ${change.node}`;
    case "nodeAdded":
      return `one node more like ${change.like}`;
  }
}

function tolerationText({ key = "", value = "", effect }: Toleration): string {
  return `${key}${value === "" ? "" : `=${value}`}${effect === undefined ? "" : `:${effect}`}`;
}
