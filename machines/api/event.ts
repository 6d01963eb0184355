import type { KubeObject } from "./meta.ts";

/** An Event (core/v1) as kubectl shows it; `count` repeats have been folded by the recorder. */
export interface KubeEvent extends KubeObject {
  readonly kind: "Event";
  readonly involvedObject: {
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly uid?: string;
    readonly fieldPath?: string;
    readonly apiVersion?: string;
  };
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  /** What its component was doing. */
  readonly action?: string;
  readonly source?: { readonly component?: string; readonly host?: string };
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly count?: number;
  readonly series?: { readonly count: number; readonly lastObservedTime: string };
  readonly reportingComponent?: string;
  readonly reportingInstance?: string;
}

export type EventType = "Normal" | "Warning";
