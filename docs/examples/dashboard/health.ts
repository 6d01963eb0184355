/** What a dashboard needs of a pod. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly ready: boolean;
      readonly state?: { readonly terminated?: { readonly reason?: string } };
      readonly lastState?: { readonly terminated?: { readonly reason?: string } };
    }[];
  };
}

/** What it shows of one. */
export interface Health {
  readonly ready: boolean;
  readonly oomKilled: boolean;
  readonly evicted: boolean;
}

/** Ready is what the kubelet says; an end is the container's, an eviction the pod's. */
export function health({ status = {} }: Pod): Health {
  const { conditions = [], containerStatuses = [] } = status;
  const ends = containerStatuses.map(
    ({ state, lastState }) => state?.terminated ?? lastState?.terminated,
  );
  return {
    ready: conditions.some(({ type, status: value }) => type === "Ready" && value === "True"),
    oomKilled: ends.some((end) => end?.reason === "OOMKilled"),
    evicted: status.reason === "Evicted",
  };
}
