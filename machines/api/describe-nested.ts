import { annotationLines, line, maxAnnotationBytes, shorten } from "./describe-lines.ts";
import { sortedPairs } from "./labels.ts";
import type { PersistentVolumeClaimTemplate } from "./persistent-volume-claim.ts";

type Texts = Readonly<Record<string, string>> | undefined;

/** kubectl indents each piece that it writes in a nested block, in the middle of a line too. */
const indent = "    ";

/** An ephemeral volume with the claim made for it; printEphemeralVolumeSource. */
export function ephemeralLines(template: PersistentVolumeClaimTemplate | undefined): string {
  const inline = "an inline specification for a volume that gets created and deleted with the pod";
  const type = line(2, `Type:\tEphemeralVolume (${inline})`);
  return template === undefined ? type : type + claimLines(template);
}

/** What a CSI driver is told; printCSIPersistentVolumeAttributesMultiline. */
export function csiAttributes(attributes: Texts): string {
  const lines = sortedPairs(attributes).map(([key, value]) =>
    shorten(`${key}=${value}`, maxAnnotationBytes),
  );
  if (lines.length === 0) return line(2, "VolumeAttributes:\t<none>");
  return line(2, `VolumeAttributes:\t${lines.map(indented).join(`\n${indent}${indent}\t`)}`);
}

function claimLines({ metadata = {}, spec }: PersistentVolumeClaimTemplate): string {
  const betaClass = metadata.annotations?.["volume.beta.kubernetes.io/storage-class"];
  const { volumeName = "", volumeMode, dataSource } = spec;
  return [
    line(2, `StorageClass:\t${betaClass ?? spec.storageClassName ?? ""}`),
    line(2, `Volume:\t${volumeName}`),
    labelLines(metadata.labels),
    annotations(metadata.annotations),
    line(2, `Capacity:\t${volumeName === "" ? "" : "0"}`),
    line(2, "Access Modes:\t"),
    volumeMode === undefined ? "" : line(2, `VolumeMode:\t${volumeMode}`),
    dataSource === undefined ? "" : line(2, "DataSource:"),
    dataSource?.apiGroup === undefined ? "" : line(3, `APIGroup:\t${dataSource.apiGroup}`),
    dataSource === undefined ? "" : line(3, `Kind:\t${dataSource.kind}`),
    dataSource === undefined ? "" : line(3, `Name:\t${dataSource.name}`),
  ].join("");
}

function labelLines(labels: Texts): string {
  const lines = sortedPairs(labels).map(([key, value]) => `${key}=${value}`);
  const shown = lines.length === 0 ? ["<none>"] : lines;
  return line(2, `Labels:\t${shown.map(indented).join(`\n${indent}${indent}\t`)}`);
}

function annotations(texts: Texts): string {
  const lines = annotationLines(texts);
  const shown = lines.length === 0 ? ["<none>"] : lines;
  const pieces = shown.map((text) => (text.startsWith(" ") ? text : indented(text)));
  return line(2, `Annotations:\t${pieces.join(`\n${indent}\t`)}`);
}

function indented(text: string): string {
  return indent + text;
}
