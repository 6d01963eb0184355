/** How a patch is to be read; kubectl's usual one knows which lists are maps. */
export type PatchType = "strategic" | "merge";

/**
 * An object with a patch's changes: null removes a field, a list takes the place of the one before
 * unless the patch is strategic and the list's elements have names.
 * staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go StrategicMergePatch; RFC 7386
 */
export function patched(target: object, change: object, type: PatchType): object {
  const fields = new Map<string, unknown>(Object.entries(target));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) fields.delete(name);
    else fields.set(name, patchedField(name, fields.get(name), value, type));
  }
  return Object.fromEntries(fields);
}

function patchedField(name: string, before: unknown, value: unknown, type: PatchType): unknown {
  if (!isObject(value)) return value;
  if (!Array.isArray(value)) return patched(isObject(before) ? before : {}, value, type);
  const key = type === "strategic" ? mergeKeys[name] : undefined;
  if (key === undefined || !Array.isArray(before)) return value;
  return mergedList(before, value, key);
}

/** What is new in the patch comes behind what was there. */
function mergedList(before: readonly unknown[], changes: readonly unknown[], key: string) {
  const list = [...before];
  for (const change of changes) {
    const at = list.findIndex((one) => fieldOf(one, key) === fieldOf(change, key));
    const old = list[at];
    if (isDeletion(change)) {
      if (at >= 0) list.splice(at, 1);
    } else if (isObject(old) && isObject(change)) list[at] = patched(old, change, "strategic");
    else list.push(change);
  }
  return list;
}

function isDeletion(change: unknown): boolean {
  return fieldOf(change, "$patch") === "delete";
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? Object.entries(value).find(([field]) => field === name)?.[1] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** `patchMergeKey` of the lists that have one. staging/src/k8s.io/api/core/v1/types.go */
const mergeKeys: Readonly<Record<string, string>> = {
  conditions: "type",
  containers: "name",
  env: "name",
  ephemeralContainers: "name",
  hostAliases: "ip",
  imagePullSecrets: "name",
  initContainers: "name",
  ownerReferences: "uid",
  ports: "containerPort",
  schedulingGates: "name",
  topologySpreadConstraints: "topologyKey",
  volumeDevices: "devicePath",
  volumeMounts: "mountPath",
  volumes: "name",
};
