import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from "./autoscaling-objects.ts";
import { kindPrinter } from "./kind-printer.ts";
import { age } from "./printers.ts";

/** pkg/printers/internalversion/printers.go printHorizontalPodAutoscaler. */
export const horizontalPodAutoscalers = kindPrinter<HorizontalPodAutoscaler>(
  "NAME | REFERENCE | TARGETS | MINPODS | MAXPODS | REPLICAS | AGE",
  ({ metadata, spec = {}, status = {} }, nowMs) => [
    metadata.name,
    `${spec.scaleTargetRef?.kind ?? ""}/${spec.scaleTargetRef?.name ?? ""}`,
    formatMetrics(spec.metrics ?? [], status.currentMetrics ?? []),
    String(spec.minReplicas ?? "<unset>"),
    spec.maxReplicas ?? 0,
    status.currentReplicas ?? 0,
    age(metadata.creationTimestamp, nowMs),
  ],
);

const mostShown = 2;

/** formatHPAMetrics. */
function formatMetrics(specs: readonly MetricSpec[], statuses: readonly MetricStatus[]): string {
  if (specs.length === 0) return "<none>";
  const shown = specs.slice(0, mostShown).map((spec, index) => metricText(spec, statuses[index]));
  const more = specs.length - mostShown;
  return more > 0 ? `${shown.join(", ")} + ${more} more...` : shown.join(", ");
}

function metricText(spec: MetricSpec, status: MetricStatus | undefined): string {
  switch (spec.type) {
    case "External":
      return amountText(spec.external?.target, status?.external?.current);
    case "Object":
      return amountText(spec.object?.target, status?.object?.current);
    case "Pods": {
      const { averageValue = "<nil>" } = spec.pods?.target ?? {};
      const current = status?.pods?.current;
      const value = current === undefined ? unknown : (current.averageValue ?? "<nil>");
      return `${value}/${averageValue}`;
    }
    case "Resource":
      return resourceText(spec.resource, status?.resource?.current);
    case "ContainerResource":
      return resourceText(spec.containerResource, status?.containerResource?.current);
    default:
      return "<unknown type>";
  }
}

const unknown = "<unknown>";

/** A target for each pod, or one for all of them. */
function amountText(
  target: MetricTarget | undefined,
  current: MetricValueStatus | undefined,
): string {
  if (target?.averageValue !== undefined) {
    return `${current?.averageValue ?? unknown}/${target.averageValue} (avg)`;
  }
  const value = current === undefined ? unknown : (current.value ?? "<nil>");
  return `${value}/${target?.value ?? "<nil>"}`;
}

function resourceText(
  resource: { readonly name: string; readonly target: MetricTarget } | undefined,
  current: MetricValueStatus | undefined,
): string {
  const { averageValue, averageUtilization: share } = resource?.target ?? {};
  const name = resource?.name ?? "";
  if (averageValue !== undefined) {
    const value = current === undefined ? unknown : (current.averageValue ?? "<nil>");
    return `${name}: ${value}/${averageValue}`;
  }
  const used = current?.averageUtilization;
  const [shown, wanted] = [used, share].map((one) => (one === undefined ? undefined : `${one}%`));
  return `${name}: ${shown ?? unknown}/${wanted ?? "<auto>"}`;
}
