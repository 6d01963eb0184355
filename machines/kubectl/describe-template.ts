import { describeContainers } from "../api/describe-container.ts";
import { annotationLines, line, multiline, pairTexts } from "../api/describe-lines.ts";
import { spreadLines, tolerationTexts } from "../api/describe-scheduling.ts";
import { describeVolumes } from "../api/describe-volumes.ts";
import type { KubeObject } from "../api/meta.ts";
import type { PodTemplateSpec, WorkloadCondition } from "../api/workload-objects.ts";

const inset = "  ";

/** What its pods are made from; kubectl/pkg/describe DescribePodTemplate. */
export function templateLines(template: PodTemplateSpec | undefined): string {
  const { metadata = {}, spec } = template ?? {};
  const annotations = annotationLines(metadata.annotations);
  const hasAnnotations = Object.keys(metadata.annotations ?? {}).length > 0;
  const { initContainers = [], containers = [], volumes = [] } = spec ?? {};
  return [
    line(0, "Pod Template:"),
    multiline(`${inset}Labels`, pairTexts(metadata.labels)),
    hasAnnotations ? multiline(`${inset}Annotations`, annotations) : "",
    spec?.serviceAccountName ? line(1, `Service Account:\t${spec.serviceAccountName}`) : "",
    initContainers.length === 0
      ? ""
      : describeContainers("Init Containers", initContainers, [], nobody, inset),
    describeContainers("Containers", containers, [], nobody, inset),
    describeVolumes(volumes, inset),
    spreadLines(`${inset}Topology Spread Constraints`, spec?.topologySpreadConstraints),
    spec?.priorityClassName ? line(1, `Priority Class Name:\t${spec.priorityClassName}`) : "",
    multiline(`${inset}Node-Selectors`, pairTexts(spec?.nodeSelector)),
    multiline(`${inset}Tolerations`, tolerationTexts(spec?.tolerations)),
  ].join("");
}

/** No pod is there yet, so what refers to one is shown empty. */
const nobody = { metadata: { name: "" } };

/** The rows of a workload's conditions; a blank follows the type. */
export function workloadConditionLines(conditions: readonly WorkloadCondition[] = []): string {
  if (conditions.length === 0) return "";
  const rows = conditions.map(({ type, status, reason = "" }) =>
    line(1, `${type} \t${status}\t${reason}`),
  );
  const header = line(1, "Type\tStatus\tReason") + line(1, "----\t------\t------");
  return line(0, "Conditions:") + header + rows.join("");
}

/** Labels and annotations of the object. */
export function metadataLines({ metadata }: KubeObject): string {
  const labels = multiline("Labels", pairTexts(metadata.labels));
  return labels + multiline("Annotations", annotationLines(metadata.annotations));
}

/** What every description of something in a namespace begins with. */
export function nameLines({ metadata }: KubeObject): string {
  return line(0, `Name:\t${metadata.name}`) + line(0, `Namespace:\t${metadata.namespace ?? ""}`);
}

/** Who has it, if anybody; printController. */
export function ownerLine({ metadata }: KubeObject): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  return owner === undefined ? "" : line(0, `Controlled By:\t${owner.kind}/${owner.name}`);
}
