import { describeContainers } from "./describe-container.ts";
import { type DescribedEvent, eventLines } from "./describe-events.ts";
import {
  annotationLines,
  line,
  multiline,
  pairTexts,
  tabbedString,
  timeText,
} from "./describe-lines.ts";
import { describeResources } from "./describe-resources.ts";
import { spreadLines, tolerationTexts } from "./describe-scheduling.ts";
import { describeVolumes } from "./describe-volumes.ts";
import type { Pod } from "./pod.ts";
import { getPodQOS } from "./pod-qos.ts";
import { age } from "./printers.ts";

/** What is described; `kind` and `apiVersion` are not looked at. */
export type DescribedPod = Pick<Pod, "metadata" | "spec" | "status">;

/**
 * A pod as `kubectl describe pod` shows it, with its Events unless these are not asked for.
 * Source: kubectl/pkg/describe describePod
 */
export function describePod(
  pod: DescribedPod,
  events: readonly DescribedEvent[] | undefined,
  nowMs: number,
): string {
  return tabbedString(
    [
      identity(pod),
      statusLines(pod, nowMs),
      addresses(pod),
      containerLines(pod),
      conditionLines(pod),
      describeVolumes(pod.spec.volumes ?? []),
      schedulingLines(pod),
      events === undefined ? "" : eventLines(events, nowMs),
    ].join(""),
  );
}

function identity({ metadata, spec, status = {} }: DescribedPod): string {
  const { priority, nodeName } = spec;
  return [
    line(0, `Name:\t${metadata.name}`),
    line(0, `Namespace:\t${metadata.namespace ?? ""}`),
    ifSet("Priority", priority === undefined ? "" : String(priority)),
    ifSet("Priority Class Name", spec.priorityClassName),
    ifSet("Runtime Class Name", spec.runtimeClassName),
    ifSet("Service Account", spec.serviceAccountName),
    line(0, `Node:\t${nodeName ? `${nodeName}/${status.hostIP ?? ""}` : "<none>"}`),
    ifSet("Start Time", status.startTime && timeText(status.startTime)),
    multiline("Labels", pairTexts(metadata.labels)),
    multiline("Annotations", annotationLines(metadata.annotations)),
  ].join("");
}

function statusLines({ metadata, spec, status = {} }: DescribedPod, nowMs: number): string {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata;
  const { phase = "" } = status;
  const isTerminating =
    deletionTimestamp !== undefined && phase !== "Failed" && phase !== "Succeeded";
  const profile = spec.securityContext?.seccompProfile;
  return [
    line(
      0,
      `Status:\t${isTerminating ? `Terminating (lasts ${age(deletionTimestamp, nowMs)})` : phase}`,
    ),
    isTerminating ? line(0, `Termination Grace Period:\t${deletionGracePeriodSeconds}s`) : "",
    ifSet("Reason", status.reason),
    ifSet("Message", status.message),
    ifSet("SeccompProfile", profile?.type),
    profile?.type === "Localhost"
      ? line(0, `LocalhostProfile:\t${profile.localhostProfile ?? ""}`)
      : "",
  ].join("");
}

function addresses({ metadata, status = {} }: DescribedPod): string {
  const { podIP = "", podIPs = [], nominatedNodeName } = status;
  const owner = metadata.ownerReferences?.find((reference) => reference.controller === true);
  return [
    line(0, `IP:\t${podIP}`),
    podIPs.length === 0 ? line(0, "IPs:\t<none>") : line(0, "IPs:"),
    ...podIPs.map(({ ip }) => line(1, `IP:\t${ip}`)),
    ifSet("Controlled By", owner && `${owner.kind}/${owner.name}`),
    ifSet("NominatedNodeName", nominatedNodeName),
  ].join("");
}

function containerLines(pod: DescribedPod): string {
  const { resources, initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
  const { status = {} } = pod;
  const blocks = [
    ["Init Containers", initContainers, status.initContainerStatuses],
    ["Containers", containers, status.containerStatuses],
    ["Ephemeral Containers", ephemeralContainers, status.ephemeralContainerStatuses],
  ] as const;
  const shown = blocks.filter(([label, list]) => label === "Containers" || list.length > 0);
  return [
    resources === undefined ? "" : line(0, "Resources:") + describeResources(resources, 1),
    ...shown.map(([label, list, statuses]) => describeContainers(label, list, statuses ?? [], pod)),
  ].join("");
}

/** A blank follows every cell of these two tables. */
function conditionLines({ spec, status = {} }: DescribedPod): string {
  const { conditions = [] } = status;
  const { readinessGates = [] } = spec;
  const gates = readinessGates.map(({ conditionType }) => {
    const condition = conditions.find((one) => one.type === conditionType);
    return line(1, `${conditionType} \t${condition?.status ?? "<none>"} `);
  });
  const rows = conditions.map(({ type, status: value }) => line(1, `${type} \t${value} `));
  return [...table("Readiness Gates", gates), ...table("Conditions", rows)].join("");
}

function table(title: string, rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : [line(0, `${title}:`), line(1, "Type\tStatus"), ...rows];
}

function schedulingLines(pod: DescribedPod): string {
  const { nodeSelector, tolerations, topologySpreadConstraints } = pod.spec;
  return [
    line(0, `QoS Class:\t${getPodQOS(pod)}`),
    multiline("Node-Selectors", pairTexts(nodeSelector)),
    multiline("Tolerations", tolerationTexts(tolerations)),
    spreadLines("Topology Spread Constraints", topologySpreadConstraints),
  ].join("");
}

function ifSet(title: string, value: string | undefined): string {
  return value ? line(0, `${title}:\t${value}`) : "";
}
