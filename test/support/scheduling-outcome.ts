import { fitErrorMessage } from "../../machines/scheduler/framework/fit-error.ts";
import type { Handle } from "../../machines/scheduler/framework/handle.ts";
import type { NodeToStatus } from "../../machines/scheduler/framework/node-to-status.ts";
import type { Status } from "../../machines/scheduler/framework/status.ts";
import { type PostFiltered, runPostFilterPlugins } from "../../machines/scheduler/post-filter.ts";
import type { Found } from "../../machines/scheduler/schedule-one.ts";

/** The words of an attempt that found no node, before and after others were asked to give way. */
export interface Failure {
  readonly error: string;
  readonly message: string;
  readonly postFiltered: PostFiltered;
}

export function failureOf(found: Found, handle: Handle): Failure {
  const numAllNodes = handle.snapshot.nodeInfoList.length;
  const postFiltered = runPostFilterPlugins(found, handle, { offset: () => 0 });
  const { diagnosis } = found;
  return {
    error: fitErrorMessage(diagnosis, numAllNodes),
    message: fitErrorMessage(diagnosis, numAllNodes, postFiltered.postFilterMsg),
    postFiltered,
  };
}

/** As vectors write it: null when the nomination is left alone. */
export function nominatingOf({
  nominatedNodeName,
}: Pick<PostFiltered, "nominatedNodeName">): unknown {
  return nominatedNodeName === undefined ? null : { mode: "override", nominatedNodeName };
}

export function nodeStatusesOf({ explicit }: NodeToStatus): unknown {
  return Object.fromEntries([...explicit].map(([name, status]) => [name, writtenStatus(status)]));
}

export function writtenStatus({ code, plugin, reasons }: Status): unknown {
  return {
    code,
    ...(plugin !== undefined && { plugin }),
    ...(reasons.length > 0 && { reasons }),
  };
}
