import type { Container } from "../api/pod.ts";
import { lastBytes } from "../api/truncate-bytes.ts";

/** What a process has left behind. */
export interface Remains {
  /** At its terminationMessagePath. */
  readonly message?: string | undefined;
  /** Its output. */
  readonly log?: string | undefined;
}

/**
 * What a terminated container's status repeats: the end of its message, or of the log of a failed
 * one that has left none. pkg/kubelet/kuberuntime/kuberuntime_container.go getTerminationMessage
 */
export function getTerminationMessage(
  { terminationMessagePolicy }: Pick<Container, "terminationMessagePolicy">,
  exitCode: number,
  { message = "", log = "" }: Remains,
): string {
  const fallsBack = terminationMessagePolicy === "FallbackToLogsOnError" && exitCode !== 0;
  if (message !== "" || !fallsBack) return lastBytes(message, messageBytesMax);
  return lastBytes(lastLines(log), logBytesMax);
}

function lastLines(log: string): string {
  return (
    log
      .match(/[^\n]*\n|[^\n]+$/g)
      ?.slice(-logLinesMax)
      .join("") ?? ""
  );
}

const messageBytesMax = 4_096; // pkg/kubelet/container/runtime.go
const logBytesMax = 2_048;
const logLinesMax = 80;
