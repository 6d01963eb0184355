import type { EventType } from "../api/event.ts";
import type { ProbeAnswer, ProbeKind } from "./probe-step.ts";

/**
 * The Event about one probe; none for a success, and none for a failure that nobody can explain.
 * `output` is the error's text where the probe could not be made.
 * pkg/kubelet/prober/prober.go probe
 */
export function probeEvent(
  kind: ProbeKind,
  result: ProbeAnswer,
  output: string,
): { readonly type: EventType; readonly reason: string; readonly message: string } | undefined {
  const probe = `${names[kind]} probe`;
  switch (result) {
    case "success":
    case "unknown":
      return undefined;
    case "warning":
      return { ...warning("ProbeWarning"), message: `${probe} warning: ${output}` };
    case "failure":
      return { ...warning("Unhealthy"), message: `${probe} failed: ${output}` };
    case "error": {
      const message = `${probe} errored and resulted in unknown state: ${output}`;
      return { ...warning("Unhealthy"), message };
    }
  }
}

function warning(reason: string) {
  return { type: "Warning", reason } as const;
}

const names = { startup: "Startup", liveness: "Liveness", readiness: "Readiness" } as const;
