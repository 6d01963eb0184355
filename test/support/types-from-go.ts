import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes `src/manifest/schema/*.ts` from Kubernetes' Go types:
 * `node dist/test/support/types-from-go.js <folder of the k8s.io modules> <their version>`.
 */
function main(modules: string, version: string): void {
  const packages = new Map(
    Object.entries(sources).map(([name, path]) => {
      const file = path.replace("@", `@${version}`);
      return [name, structsOf(readFileSync(`${modules}/${file}`, "utf8"), name)] as const;
    }),
  );
  const taken = new Set<string>();
  for (const [file, roots] of Object.entries(files)) {
    const types = roots.flatMap((root) => reachable(root, packages, taken));
    writeFileSync(`src/manifest/schema/${file}.ts`, render(file, types));
  }
}

/** Where each Go package's types are, below the folder of the modules. */
const sources = {
  metav1: "apimachinery@/pkg/apis/meta/v1/types.go",
  v1: "api@/core/v1/types.go",
  node: "api@/node/v1/types.go",
  scheduling: "api@/scheduling/v1/types.go",
  apps: "api@/apps/v1/types.go",
  admissionregistration: "api@/admissionregistration/v1/types.go",
  autoscaling: "api@/autoscaling/v2/types.go",
  batch: "api@/batch/v1/types.go",
  coordination: "api@/coordination/v1/types.go",
  discovery: "api@/discovery/v1/types.go",
  networking: "api@/networking/v1/types.go",
  policy: "api@/policy/v1/types.go",
  rbac: "api@/rbac/v1/types.go",
  storage: "api@/storage/v1/types.go",
  kubescheduler: "kube-scheduler@/config/v1/types.go",
  pluginargs: "kube-scheduler@/config/v1/types_pluginargs.go",
  componentbaseconfigv1alpha1: "component-base@/config/v1alpha1/types.go",
  kubelet: "kubelet@/config/v1beta1/types.go",
  logsapi: "component-base@/logs/api/v1/types.go",
  tracingapi: "component-base@/tracing/api/v1/types.go",
} as const;

/** Which types each file holds: its roots and what they reach that no earlier file has. */
const files = {
  metadata: ["metav1.ObjectMeta"],
  volume: ["v1.Volume"],
  container: ["v1.Container", "v1.EphemeralContainer"],
  pod: ["v1.Pod"],
  node: ["v1.Node"],
  objects: [
    "v1.ConfigMap",
    "v1.Secret",
    "v1.PersistentVolumeClaim",
    "node.RuntimeClass",
    "scheduling.PriorityClass",
  ],
  kubelet: ["kubelet.KubeletConfiguration"],
  workloads: [
    "apps.Deployment",
    "apps.ReplicaSet",
    "apps.StatefulSet",
    "apps.DaemonSet",
    "apps.ControllerRevision",
    "v1.ReplicationController",
    "batch.Job",
    "batch.CronJob",
  ],
  network: ["v1.Service", "v1.Endpoints", "discovery.EndpointSlice", "networking.NetworkPolicy"],
  storage: [
    "v1.PersistentVolume",
    "storage.StorageClass",
    "storage.CSIDriver",
    "storage.CSINode",
    "storage.CSIStorageCapacity",
    "storage.VolumeAttachment",
  ],
  policy: [
    "v1.Namespace",
    "v1.ServiceAccount",
    "v1.ResourceQuota",
    "v1.LimitRange",
    "policy.PodDisruptionBudget",
    "rbac.Role",
    "rbac.RoleBinding",
    "rbac.ClusterRole",
    "rbac.ClusterRoleBinding",
    "coordination.Lease",
    "v1.Event",
  ],
  autoscaling: ["autoscaling.HorizontalPodAutoscaler"],
  scheduler: [
    "kubescheduler.KubeSchedulerConfiguration",
    "pluginargs.DefaultPreemptionArgs",
    "kubescheduler.DynamicResourcesArgs",
    "pluginargs.InterPodAffinityArgs",
    "pluginargs.NodeAffinityArgs",
    "pluginargs.NodeResourcesBalancedAllocationArgs",
    "pluginargs.NodeResourcesFitArgs",
    "pluginargs.PodTopologySpreadArgs",
    "pluginargs.VolumeBindingArgs",
  ],
  admission: [
    "admissionregistration.MutatingWebhookConfiguration",
    "admissionregistration.ValidatingWebhookConfiguration",
  ],
} as const;

/** Structs of which another package has one of the same name. */
const renamed: Readonly<Record<string, string>> = {
  "discovery.EndpointPort": "EndpointSlicePort",
};

/** Types with their own JSON form, and the name that the reader knows them by. */
const special: Readonly<Record<string, string>> = {
  "resource.Quantity": "Quantity",
  "intstr.IntOrString": "IntOrString",
  "metav1.Time": "Time",
  "metav1.MicroTime": "Time",
  "metav1.Duration": "Duration",
  "metav1.FieldsV1": "any",
  "runtime.RawExtension": "any",
  "types.UID": "string",
  "logsapi.TimeOrMetaDuration": "any",
  "resource.QuantityValue": "Quantity",
  "logsapi.VModuleConfiguration": "any",
};

/** How Go's encoder treats the zero value: `*` may be given, `!` is always written, else left out. */
type Mark = "*" | "!" | "";

interface Struct {
  readonly name: string;
  readonly fields: readonly { readonly json: string; readonly type: string; readonly mark: Mark }[];
  /** Structs whose fields are written as if they were this one's own. */
  readonly inlined: readonly string[];
}

type Package = ReadonlyMap<string, Struct | string>;

function structsOf(source: string, inPackage: string): Package {
  const found = new Map<string, Struct | string>();
  for (const [, name = "", body = ""] of source.matchAll(/^type (\w+) struct \{\n([^]*?)^\}/gm)) {
    found.set(name, structOf(name, body, inPackage));
  }
  for (const [, name = "", type = ""] of source.matchAll(/^type (\w+) ([\w.[\]*]+)$/gm)) {
    found.set(name, qualified(type, inPackage));
  }
  return found;
}

function structOf(name: string, body: string, inPackage: string): Struct {
  const lines = [...body.matchAll(/^\s*(?:(\w+)\s+)?([\w.[\]*]+)\s+`[^`]*json:"([^"]*)"/gm)];
  const members = lines.map(([, field = "", type = "", tag = ""]) => {
    const [json = "", ...flags] = tag.split(",");
    const mark = markOf(type, flags);
    return { type: qualified(type, inPackage), json: json === "" ? field : json, flags, mark };
  });
  return {
    name,
    inlined: members.filter((one) => one.flags.includes("inline")).map((one) => one.type),
    fields: members.filter((one) => !one.flags.includes("inline") && one.json !== "-"),
  };
}

function markOf(type: string, flags: readonly string[]): Mark {
  if (type.startsWith("*")) return "*";
  if (/^(?:\[\]|map\[)/.test(type) || flags.includes("omitzero")) return "";
  return flags.includes("omitempty") ? "" : "!";
}

function qualified(type: string, inPackage: string): string {
  const plain = type.replaceAll("*", "").replace(/(core|api)v1\./, "v1.");
  return plain.replace(/(^|\])([A-Z]\w*)$/, (_, before, name) => `${before}${inPackage}.${name}`);
}

interface Rendered {
  readonly name: string;
  readonly byType: ReadonlyMap<string, readonly string[]>;
}

function reachable(
  root: string,
  packages: ReadonlyMap<string, Package>,
  taken: Set<string>,
): Rendered[] {
  if (taken.has(root)) return [];
  taken.add(root);
  const byType = new Map<string, string[]>();
  const further: string[] = [];
  for (const { json, type, mark } of fieldsOf(root, packages)) {
    const { text, reference } = resolve(type, packages);
    const marked = markedType(text, mark, reference !== undefined);
    byType.set(marked, [...(byType.get(marked) ?? []), json]);
    if (reference !== undefined) further.push(reference);
  }
  const own = { name: plainName(root), byType };
  return [own, ...further.flatMap((one) => reachable(one, packages, taken))];
}

function fieldsOf(name: string, packages: ReadonlyMap<string, Package>): Struct["fields"] {
  const struct = lookUp(name, packages);
  if (struct === undefined || typeof struct === "string") throw new Error(`no struct ${name}`);
  return [...struct.inlined.flatMap((one) => fieldsOf(one, packages)), ...struct.fields];
}

function lookUp(name: string, packages: ReadonlyMap<string, Package>): Struct | string | undefined {
  const [inPackage = "", type = ""] = name.split(".");
  return packages.get(inPackage)?.get(type);
}

/** A struct that is no pointer is written even when it is empty; a pointer to one needs no mark. */
function markedType(text: string, mark: Mark, isStruct: boolean): string {
  if (/^(?:\[\]|\{\}|any$|Time$)/.test(text)) return text;
  const isByValue = isStruct || text === "Quantity" || text === "IntOrString";
  if (isByValue) return mark === "*" ? text : `${text}!`;
  return mark === "*" ? `*${text}` : `${text}${mark}`;
}

/** A Go type as the reader writes it: element type behind `[]` and `{}`, names without package. */
function resolve(
  type: string,
  packages: ReadonlyMap<string, Package>,
): { readonly text: string; readonly reference?: string } {
  if (type === "[]byte") return { text: "bytes" };
  const container = /^(\[\]|map\[[\w.]+\])(.*)$/.exec(type);
  if (container !== null) {
    const element = resolve(container[2] ?? "", packages);
    return { ...element, text: `${container[1] === "[]" ? "[]" : "{}"}${element.text}` };
  }
  const known = special[type];
  if (known !== undefined) return { text: known };
  if (!type.includes(".")) return { text: type };
  const found = lookUp(type, packages);
  if (found === undefined) throw new Error(`no type ${type}`);
  return typeof found === "string"
    ? resolve(found, packages)
    : { text: plainName(type), reference: type };
}

function plainName(type: string): string {
  return renamed[type] ?? type.replace(/^.*\./, "");
}

function render(file: string, types: readonly Rendered[]): string {
  const bodies = types.map(({ name, byType }) => {
    const rows = [...byType].map(([type, names]) => {
      const key = /^\w+$/.test(type) ? type : JSON.stringify(type);
      return `    ${key}: ${wrapped(names)},\n`;
    });
    return `  ${name}: {\n${rows.join("")}  },\n`;
  });
  return `import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const ${file}Types: StructTypes = {
${bodies.join("")}};
`;
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const line = lines.at(-1);
    const fits = line !== undefined && line.length + name.length < lineWidth;
    if (fits) lines[lines.length - 1] = `${line} ${name}`;
    else lines.push(name);
  }
  return lines.length === 1 ? JSON.stringify(lines[0]) : `\`${lines.join("\n      ")}\``;
}

const lineWidth = 80;

main(process.argv[2] ?? "", process.argv[3] ?? "");
