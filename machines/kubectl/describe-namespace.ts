import { compareText } from "../api/compare-text.ts";
import { line, tabbedString, timeText } from "../api/describe-lines.ts";
import type { ResourceList } from "../api/meta.ts";
import type {
  LimitRange,
  LimitRangeItem,
  Namespace,
  ResourceQuota,
} from "../api/policy-objects.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { type Around, listed } from "./describe-around.ts";
import { metadataLines } from "./describe-template.ts";

/** With its quotas and limits, without Events; kubectl/pkg/describe describeNamespace. */
export function describeNamespace(namespace: Namespace, around: Around): string {
  const { metadata, status = {} } = namespace;
  return tabbedString(
    [
      line(0, `Name:\t${metadata.name}`),
      metadataLines(namespace),
      line(0, `Status:\t${status.phase ?? ""}`),
      conditionLines(status.conditions),
      line(0, ""),
      quotaLines(listed(around, "ResourceQuota", metadata.name)),
      line(0, ""),
      limitLines(listed(around, "LimitRange", metadata.name)),
    ].join(""),
  );
}

function conditionLines(conditions: NonNullable<Namespace["status"]>["conditions"] = []): string {
  if (conditions.length === 0) return "";
  const rows = conditions.map(({ type, status, lastTransitionTime, reason = "", message = "" }) =>
    line(1, `${type}\t${status}\t${timeText(lastTransitionTime)}\t${reason}\t${message}`),
  );
  return [
    line(0, "Conditions:"),
    line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage"),
    line(1, "----\t------\t------------------\t------\t-------"),
    ...rows,
  ].join("");
}

/** DescribeResourceQuotas. */
function quotaLines(quotas: readonly ResourceQuota[]): string {
  if (quotas.length === 0) return line(0, "No resource quota.");
  const sorted = quotas.toSorted((a, b) => compareText(a.metadata.name, b.metadata.name));
  return line(0, "Resource Quotas") + sorted.map(quotaBlock).join("");
}

function quotaBlock({ metadata, spec = {}, status = {} }: ResourceQuota): string {
  const scopes = (spec.scopes ?? []).toSorted(compareText);
  const { hard = {}, used = {} } = status;
  const helps = scopes.map((scope) => scopeHelp[scope] ?? "").filter((text) => text !== "");
  return [
    line(1, `Name:\t${metadata.name}`),
    scopes.length === 0 ? "" : line(1, `Scopes:\t${scopes.join(", ")}`),
    ...helps.map((text) => line(1, `* ${text}`)),
    line(1, "Resource\tUsed\tHard"),
    line(1, "--------\t---\t---"),
    ...Object.keys(hard)
      .toSorted(compareText)
      .map((name) => line(1, `${name}\t${amount(used, name, "0")}\t${amount(hard, name, "0")}`)),
  ].join("");
}

const deadline = "These pods have a limited lifespan on a node before being actively terminated";
const longRunning = "long running pods whose container command is not expected to terminate";

/** helpTextForResourceQuotaScope */
const scopeHelp: Readonly<Record<string, string>> = {
  Terminating: `Matches all pods that have an active deadline. ${deadline} by the system.`,
  NotTerminating: `Matches all pods that do not have an active deadline. These pods usually include ${longRunning}.`,
  BestEffort:
    "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
  NotBestEffort:
    "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
};

/** DescribeLimitRanges; upstream leaves the order of a rule's resources to chance. */
function limitLines(ranges: readonly LimitRange[]): string {
  if (ranges.length === 0) return line(0, "No LimitRange resource.");
  return [
    line(0, "Resource Limits"),
    " Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n",
    " ----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n",
    ...ranges.flatMap(({ spec }) => (spec?.limits ?? []).map(limitRows)),
  ].join("");
}

function limitRows(item: LimitRangeItem): string {
  const { type, min, max, defaultRequest, default: defaultLimit, maxLimitRequestRatio } = item;
  const columns = [min, max, defaultRequest, defaultLimit, maxLimitRequestRatio];
  const names = new Set(columns.flatMap((list) => Object.keys(list ?? {})));
  const rows = [...names].toSorted(compareText).map((name) => {
    const amounts = columns.map((list) => amount(list, name, "-"));
    return ` ${type}\t${name}\t${amounts.join("\t")}\n`;
  });
  return rows.join("");
}

function amount(list: ResourceList | undefined, name: string, absent: string): string {
  const text = list?.[name];
  return text === undefined ? absent : formatQuantity(mustParse(text));
}
