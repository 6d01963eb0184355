import { compareText } from "../api/compare-text.ts";
import { line, multiline, timeText } from "../api/describe-lines.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import { accessModesText, storageClassOf } from "../api/printers-storage.ts";
import { age } from "../api/printers.ts";
import { type Around, described, listed } from "./describe-around.ts";
import { metadataLines, nameLines } from "./describe-template.ts";

/** kubectl/pkg/describe describePersistentVolumeClaim. */
export function describePersistentVolumeClaim(
  claim: PersistentVolumeClaim,
  around: Around,
): string {
  const { metadata, spec = {}, status = {} } = claim;
  const { volumeName = "", volumeMode, dataSource } = spec;
  const gone = metadata.deletionTimestamp;
  const phase = gone ? `Terminating (lasts ${age(gone, around.nowMs)})` : (status.phase ?? "");
  const isBound = volumeName !== "";
  return described(claim, around, [
    nameLines(claim),
    line(0, `StorageClass:\t${storageClassOf(metadata, spec.storageClassName)}`),
    line(0, `Status:\t${phase}`),
    line(0, `Volume:\t${volumeName}`),
    metadataLines(claim),
    line(0, `Finalizers:\t[${metadata.finalizers?.join(" ") ?? ""}]`),
    line(0, `Capacity:\t${isBound ? (status.capacity?.["storage"] ?? "0") : ""}`),
    line(0, `Access Modes:\t${isBound ? accessModesText(status.accessModes) : ""}`),
    volumeMode === undefined ? "" : line(0, `VolumeMode:\t${volumeMode}`),
    dataSource === undefined ? "" : sourceLines(dataSource),
    multiline("Used By", podsOf(claim, around)),
    conditionLines(status.conditions),
  ]);
}

function sourceLines({
  apiGroup,
  kind,
  name,
}: NonNullable<NonNullable<PersistentVolumeClaim["spec"]>["dataSource"]>): string {
  const group = apiGroup === undefined ? "" : line(1, `APIGroup:\t${apiGroup}`);
  return line(0, "DataSource:") + group + line(1, `Kind:\t${kind}`) + line(1, `Name:\t${name}`);
}

/** Pods with a volume of it, for each such volume, and pods that own it; getPodsForPVC. */
function podsOf({ metadata }: PersistentVolumeClaim, around: Around): readonly string[] {
  const pods = listed(around, "Pod", metadata.namespace);
  const using = pods.flatMap((pod) => {
    const volumes = pod.spec.volumes ?? [];
    const own = volumes.filter((one) => one.persistentVolumeClaim?.claimName === metadata.name);
    return own.map(() => pod);
  });
  const owners = (metadata.ownerReferences ?? []).filter(({ kind }) => kind === "Pod");
  const owning = owners
    .map(({ uid }) => pods.find((pod) => pod.metadata.uid === uid))
    .filter((pod) => pod !== undefined)
    .filter((pod) => !using.includes(pod));
  return [...using, ...new Set(owning)].map((pod) => pod.metadata.name).toSorted(compareText);
}

type Conditions = NonNullable<PersistentVolumeClaim["status"]>["conditions"];

function conditionLines(conditions: Conditions = []): string {
  if (conditions.length === 0) return "";
  const rows = conditions.map((condition) => {
    const { type, status, reason = "", message = "" } = condition;
    const probe = timeText(condition.lastProbeTime);
    const transition = timeText(condition.lastTransitionTime);
    return line(1, `${type} \t${status} \t${probe} \t${transition} \t${reason} \t${message}`);
  });
  return [
    line(0, "Conditions:"),
    line(1, "Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage"),
    line(1, "----\t------\t-----------------\t------------------\t------\t-------"),
    ...rows,
  ].join("");
}
