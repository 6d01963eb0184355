import { generateName, generateUid } from "../../machines/api/generated-names.ts";
import type { KubeletConfiguration } from "../../machines/api/kubelet-configuration.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Service } from "../../machines/api/network-objects.ts";
import type { KubeSchedulerConfiguration } from "../../machines/api/scheduler-configuration.ts";
import { isKind } from "../../machines/api/objects.ts";
import type { Unchecked } from "../../machines/api/unchecked.ts";
import { type AdmissionCluster, admitPod } from "../../machines/apiserver/admission.ts";
import { priorityClassRefusal } from "../../machines/apiserver/admission-priority.ts";
import { beforeCreate, setObjectDefaults } from "../../machines/apiserver/create.ts";
import type { FieldError } from "../../machines/apiserver/field-error.ts";
import { allocateService } from "../../machines/apiserver/service-allocation.ts";
import { forbidden } from "../../machines/apiserver/field-error.ts";
import { type Fields, isFields } from "../../machines/apiserver/patch-value.ts";
import type { AnyObject } from "../../machines/api/objects.ts";
import { validateCustomResource } from "../../machines/apiserver/validation-custom-resources.ts";
import { compareIssues, type Issue, pathText } from "../yaml/issue.ts";
import { valueOf } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";
import { decode, entriesOf, type ManifestEntry, type OtherKinds } from "./decode.ts";
import { definedKinds } from "./defined-kinds.ts";
import { checkKubelets, type KubeletEntry, type KubeletSetting } from "./kubelets.ts";
import { checkSchedulers, type SchedulerEntry } from "./schedulers.ts";
import { issueOfAdmission, issueOfField, tellsOf } from "./refusal.ts";
import { type ManifestKind, manifestKinds } from "./schema/kinds.ts";
import type { PodValidationOptions } from "../../machines/apiserver/validation-container-restart.ts";
import { featureEnabled } from "../../machines/kubelet/feature-gate-map.ts";
import type { FieldPath } from "./structure.ts";

/** A text that holds manifests, and the name that messages call it by. */
export interface ManifestText {
  readonly file: string;
  readonly text: string;
}

/** What came of manifests: everything, or every mistake in them and nothing else. */
export interface Manifests {
  /** As the API server would store them but for times and versions, in the order of the texts. */
  readonly objects: readonly KubeObject[];
  /** The same objects beside what was written of them, for `kubectl apply`. */
  readonly manifests: readonly ManifestObject[];
  readonly kubelets: readonly KubeletSetting[];
  readonly issues: readonly Issue[];
  /** What kubectl prints behind `Warning:` although the objects are fine. */
  readonly warnings: readonly string[];
}

/** An object of a manifest. */
export interface ManifestObject {
  readonly object: KubeObject;
  /** As its author wrote it, in its namespace. */
  readonly manifest: Fields;
}

/**
 * Reads YAML or JSON as kubectl does, compares it with Kubernetes' structures as its strict
 * validation does, fills in defaults, and asks what the API server and its admission plugins ask.
 * `others` and `known` are kubelets and objects of the same cluster that were read before.
 */
export function readManifests(
  texts: readonly ManifestText[],
  others: readonly KubeletSetting[] = [],
  known: readonly KubeObject[] = [],
  { opaque = false }: { readonly opaque?: boolean } = {},
): Manifests {
  const issues: Issue[] = [];
  const entries = texts.map(({ file, text }) => {
    const yaml = readYaml(text, file, "1.1");
    issues.push(...yaml.issues);
    return entriesOf(yaml.documents, file);
  });
  const defined = definedKinds(entries.flat(), known);
  const read = entries.flatMap((own) => decodeAll(own, issues, { defined, isOpaque: opaque }));
  return manifestsIn(read, issues, others, known);
}

/** The same for objects that stand inside another file, which was read as YAML 1.1. */
export function readManifestNodes(entries: readonly ManifestEntry[]): Manifests {
  const issues: Issue[] = [];
  return manifestsIn(decodeAll(entries, issues), issues);
}

function manifestsIn(
  read: readonly ReadEntry[],
  issues: Issue[],
  others: readonly KubeletSetting[] = [],
  known: readonly KubeObject[] = [],
): Manifests {
  const warnings: string[] = [];
  const options = optionsFor([...others, ...read.filter(isKubelet)]);
  const manifests = create(read.filter(isObject), options, { issues, warnings }, known);
  const kubelets = checkKubelets(read.filter(isKubelet));
  const schedulers = checkSchedulers(read.filter(isScheduler));
  issues.push(...kubelets.issues, ...schedulers.issues);
  if (issues.length > 0) {
    const sorted = issues.toSorted(compareIssues);
    return { objects: [], manifests: [], kubelets: [], issues: sorted, warnings };
  }
  const objects = [...schedulers.settings, ...manifests.map(({ object }) => object)];
  return { objects, manifests, kubelets: kubelets.settings, issues: [], warnings };
}

/** An API server has no manifest: it has a gate on that a kubelet of its cluster has on. */
function optionsFor(kubelets: readonly KubeletSetting[]): PodValidationOptions {
  const gate = "RestartAllContainersOnContainerExits";
  const allowRestartAllContainers = kubelets.some(({ configuration: { featureGates } }) =>
    featureEnabled(gate, featureGates),
  );
  return { allowRestartAllContainers };
}

interface ObjectEntry {
  readonly entry: ManifestEntry;
  readonly kind: ManifestKind;
  readonly object: AnyObject;
  readonly missed: readonly FieldPath[];
}

type ReadEntry = ObjectEntry | KubeletEntry | SchedulerEntry;

function isObject(read: ReadEntry): read is ObjectEntry {
  return "object" in read;
}

function isKubelet(read: ReadEntry): read is KubeletEntry {
  return "configuration" in read;
}

function isScheduler(read: ReadEntry): read is SchedulerEntry {
  return "scheduler" in read;
}

/** The entries of one file; whose kubelet a configuration is for depends on what is before it. */
function decodeAll(
  entries: readonly ManifestEntry[],
  issues: Issue[],
  others: OtherKinds = { defined: definedKinds(entries, []), isOpaque: false },
): ReadEntry[] {
  let before: AnyObject = {};
  return entries.flatMap((entry): ReadEntry[] => {
    const decoded = decode(entry, manifestKinds, others);
    issues.push(...decoded.issues);
    if (!("object" in decoded)) {
      before = {};
      return [];
    }
    const { object, kind, missed } = decoded;
    const node = isKind(before, "Node") ? before.metadata?.name : undefined;
    before = object;
    if (isSchedulerFile(object)) return [{ entry, missed, scheduler: object }];
    if (!isKubeletConfiguration(object)) return [{ entry, kind, object, missed }];
    const found = { entry, missed, configuration: object };
    return [node === undefined ? found : { ...found, node }];
  });
}

function isSchedulerFile(object: AnyObject): object is Unchecked<KubeSchedulerConfiguration> {
  return object.kind === "KubeSchedulerConfiguration";
}

function isKubeletConfiguration(object: AnyObject): object is Unchecked<KubeletConfiguration> {
  return object.kind === "KubeletConfiguration";
}

/** What nobody may say of a new object is dropped; apiserver/pkg/registry/rest/create.go. */
function named({ object, kind }: ObjectEntry, index: number): AnyObject {
  const { deletionTimestamp: _, deletionGracePeriodSeconds: __, ...others } = object.metadata ?? {};
  const { resourceVersion: ___, creationTimestamp: ____, uid: _____, ...metadata } = others;
  const { name, generateName: base = "" } = metadata;
  const generated = name === undefined && base !== "" ? { name: generateName(base, index) } : {};
  const namespace = kind.isNamespaced ? { namespace: metadata.namespace ?? "default" } : {};
  return { ...object, metadata: { ...metadata, ...generated, ...namespace } };
}

/** What is said of objects while they are created. */
interface Remarks {
  readonly issues: Issue[];
  readonly warnings: string[];
}

function create(
  read: readonly ObjectEntry[],
  options: PodValidationOptions,
  remarks: Remarks,
  known: readonly AnyObject[],
): ManifestObject[] {
  const defaulted = read.map((one, index) => {
    return { ...one, object: setObjectDefaults(named(one, index)) };
  });
  const all = [...known, ...defaulted.map(({ object }) => object)];
  const cluster = {
    options,
    priorityClasses: all.filter((object) => isKind(object, "PriorityClass")),
    runtimeClasses: all.filter((object) => isKind(object, "RuntimeClass")),
    services: all.filter((object) => isKind(object, "Service")),
  };
  remarks.issues.push(...secondUses(defaulted), ...secondDefaults(defaulted, known));
  return defaulted.flatMap((one) => createOne(one, cluster, remarks));
}

/** Of several classes of priority that are the default one only the first may be. */
function secondDefaults(
  read: readonly ObjectEntry[],
  known: readonly AnyObject[],
): readonly Issue[] {
  const before = known.filter((object) => isKind(object, "PriorityClass"));
  const names = new Set(before.map(({ metadata }) => metadata?.name));
  return read.flatMap(({ entry, object }) => {
    if (!isKind(object, "PriorityClass")) return [];
    const { metadata = {}, globalDefault = false } = object;
    const asked = { metadata: { name: metadata.name ?? "" }, globalDefault };
    const refusal = priorityClassRefusal(asked, before, !names.has(metadata.name));
    before.push(object);
    return refusal === undefined ? [] : [issueOfField(entry, forbidden("globalDefault", refusal))];
  });
}

/** What an object may be told by others of the same manifests. */
interface ReadCluster extends AdmissionCluster {
  readonly options: PodValidationOptions;
  readonly services: readonly Unchecked<Service>[];
}

function createOne(
  { entry, object, missed, kind: definition }: ObjectEntry,
  cluster: ReadCluster,
  { issues, warnings }: Remarks,
): ManifestObject[] {
  const admission = isKind(object, "Pod") ? admitPod(object, cluster) : undefined;
  const isRefused = admission !== undefined && "refusal" in admission;
  if (isRefused && !tellsOf(missed, admission.refusal.field)) {
    issues.push(issueOfAdmission(entry, admission.refusal));
  }
  const admitted = admission !== undefined && "spec" in admission ? admission : {};
  const sent = { ...object, ...admitted };
  const { object: created, warnings: own } = beforeCreate(sent, cluster.options);
  const schema = definition.custom?.schema;
  const ofSchema = schema === undefined ? [] : validateCustomResource({ ...created }, schema);
  const errors = [...errorsOf(sent, cluster), ...ofSchema];
  warnings.push(...own);
  const told = errors.filter(({ field }) => !tellsOf(missed, field));
  issues.push(...told.map((error) => issueOfField(entry, error)));
  const { kind = "", metadata = {} } = created;
  const uid = generateUid(kind, metadata.namespace ?? "", metadata.name ?? "");
  const stored = { ...created, metadata: { ...metadata, uid } };
  if (errors.length > 0 || !isStored(stored)) return [];
  return [{ object: stored, manifest: manifestOf(entry, stored) }];
}

/** A Service is valid with the addresses that it gets when it is created. */
function errorsOf(sent: AnyObject, { options, services }: ReadCluster): readonly FieldError[] {
  if (!isKind(sent, "Service")) return beforeCreate(sent, options).errors;
  const others = services.filter(({ metadata = {} }) => {
    const { name, namespace } = sent.metadata ?? {};
    return metadata.name !== name || metadata.namespace !== namespace;
  });
  const made = allocateService(sent, others);
  return "errors" in made ? made.errors : beforeCreate(made.service, options).errors;
}

/** What kubectl sends of it: a namespace is filled in. */
function manifestOf({ node }: ManifestEntry, { metadata: { namespace } }: KubeObject): Fields {
  const value: unknown = valueOf(node);
  const manifest = isFields(value) ? value : {};
  const metadata = isFields(manifest["metadata"]) ? manifest["metadata"] : {};
  return { ...manifest, metadata: namespace === undefined ? metadata : { ...metadata, namespace } };
}

/** Validation has seen to it. */
function isStored(object: AnyObject): object is AnyObject & KubeObject {
  return object.kind !== undefined && object.metadata?.name !== undefined;
}

function secondUses(read: readonly ObjectEntry[]): Issue[] {
  const first = new Map<string, ManifestEntry>();
  return read.flatMap(({ entry, object }) => {
    const { namespace = "", name } = object.metadata ?? {};
    if (name === undefined) return [];
    const key = [object.kind, namespace, name].join("/");
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, entry);
      return [];
    }
    const { line, column } = entry.node;
    const place = { file: entry.file, line, column, path: pathText(entry.path) };
    const expected = `one ${object.kind} of the name ${JSON.stringify(name)}`;
    const got = `a second one, the first is in ${before.file} line ${before.node.line}`;
    return [{ ...place, expected, got }];
  });
}
