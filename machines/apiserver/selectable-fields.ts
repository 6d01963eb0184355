import { isNode, isPod } from "../api/objects.ts";
import type { FieldSelector } from "../api/field-selector.ts";
import type { FieldSelectorMistake } from "../api/field-selector-text.ts";
import type { KubeObject } from "../api/meta.ts";
import type { Pod } from "../api/pod.ts";
import { quote } from "../api/quote.ts";

/** Fields of each kind that a selector may name; other kinds have those of every object. */
const selectableFields: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    "metadata.name",
    "metadata.namespace",
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ],
  Node: ["metadata.name", "spec.unschedulable"],
  Secret: ["metadata.name", "metadata.namespace", "type"],
};

const fieldsOfAll = ["metadata.name", "metadata.namespace"];

/**
 * The selector in the kind's own fields, or why it has no such field.
 * pkg/apis/core/v1/conversion.go addConversionFuncs
 */
export function convertFieldSelector(
  kind: string,
  { requirements }: FieldSelector,
): FieldSelector | FieldSelectorMistake {
  const known = selectableFields[kind];
  const converted = requirements.map((one) => {
    const isOldName = kind === "Pod" && one.field === "spec.host";
    return isOldName ? { ...one, field: "spec.nodeName" } : one;
  });
  const stray = converted.find(({ field }) => !(known ?? fieldsOfAll).includes(field));
  if (stray === undefined) return { requirements: converted };
  if (known !== undefined) return { error: `field label not supported: ${stray.field}` };
  const only = fieldsOfAll.map(quote).join(", ");
  return { error: `${quote(stray.field)} is not a known field selector: only ${only}` };
}

/** What a selector compares; pkg/registry/core/pod/strategy.go ToSelectableFields and others. */
export function toSelectableFields(object: KubeObject): Readonly<Record<string, string>> {
  const { name, namespace = "" } = object.metadata;
  const meta = { "metadata.name": name, "metadata.namespace": namespace };
  if (isPod(object)) return { ...meta, ...podFields(object) };
  if (isNode(object)) {
    return { ...meta, "spec.unschedulable": String(object.spec?.unschedulable === true) };
  }
  return { ...meta, ...secretFields(object) };
}

function podFields({ spec, status }: Pod): Readonly<Record<string, string>> {
  return {
    "spec.nodeName": spec.nodeName ?? "",
    "spec.restartPolicy": spec.restartPolicy ?? "",
    "spec.schedulerName": spec.schedulerName ?? "",
    "spec.serviceAccountName": spec.serviceAccountName ?? "",
    "spec.hostNetwork": String(spec.hostNetwork === true),
    "status.phase": status?.phase ?? "",
    "status.podIP": status?.podIPs?.[0]?.ip ?? "",
    "status.nominatedNodeName": status?.nominatedNodeName ?? "",
  };
}

function secretFields(object: KubeObject): Readonly<Record<string, string>> {
  return object.kind === "Secret" && "type" in object ? { type: String(object.type) } : {};
}
