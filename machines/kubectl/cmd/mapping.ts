import { apiResources, type ApiResource, opaqueResource } from "../../apiserver/api-resources.ts";
import { kindOfResource } from "../resource-kinds.ts";
import { failed, type Failure } from "./failure.ts";

/** The resource that a word means, as `po` or `deployments.apps`; Builder.mappingFor. */
export function mappingFor(word: string): ApiResource | Failure {
  const [plural = "", ...rest] = word.split(".");
  const found = known(plural);
  if (found !== undefined && isOf(found, rest)) return found;
  return failed(`the server doesn't have a resource type ${JSON.stringify(plural)}`);
}

/** The same where a command says it in its own words: nothing stands before them. */
export function resourceFor(word: string): ApiResource | undefined {
  const found = mappingFor(word);
  return "fails" in found ? undefined : found;
}

/** The resource of an object's kind; undefined where the server has none. */
export function resourceOfObject(apiVersion: string, kind: string): ApiResource | undefined {
  return all.find((one) => one.kind === kind && groupVersion(one) === apiVersion);
}

export function groupVersion({ group, version }: ApiResource): string {
  return group === "" ? version : `${group}/${version}`;
}

/** `deployments.apps` */
export function groupResource({ group, resource }: ApiResource): string {
  return group === "" ? resource : `${resource}.${group}`;
}

/** `Deployment.apps` */
export function groupKind({ group, kind }: ApiResource): string {
  return group === "" ? kind : `${kind}.${group}`;
}

/** `apps/v1, Resource=deployments`; Go's GroupVersionResource.String. */
export function resourceText({ group, version, resource }: ApiResource): string {
  return `${group}/${version}, Resource=${resource}`;
}

/** `deployment.apps/web`, as what was done is told. */
export function objectName(resource: ApiResource, name: string): string {
  const { group, kind } = resource;
  return `${kind.toLowerCase()}${group === "" ? "" : `.${group}`}/${name}`;
}

/** What `all` stands for. */
export const categoryAll: readonly string[] = [
  "pods",
  "replicationcontrollers",
  "services",
  "daemonsets.apps",
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "horizontalpodautoscalers.autoscaling",
  "cronjobs.batch",
  "jobs.batch",
];

/** Kinds that every server has and that are only mapped here, so that their words are known. */
const others: readonly ApiResource[] = [
  ["networking.k8s.io/v1", "Ingress"],
  ["networking.k8s.io/v1", "IngressClass", false],
  ["certificates.k8s.io/v1", "CertificateSigningRequest", false],
  ["storage.k8s.io/v1", "VolumeAttachment", false],
  ["storage.k8s.io/v1", "CSIDriver", false],
  ["v1", "PodTemplate"],
].map(([apiVersion, kind, isNamespaced]) => {
  return opaqueResource(String(apiVersion), String(kind), isNamespaced !== false);
});

const all: readonly ApiResource[] = [...apiResources, ...others];

const shortNames: Readonly<Record<string, string>> = {
  ing: "Ingress",
  csr: "CertificateSigningRequest",
};

function known(word: string): ApiResource | undefined {
  const small = word.toLowerCase();
  const kind = kindOfResource(small) ?? shortNames[small];
  return all.find((one) => {
    return one.kind === kind || one.resource === small || one.kind.toLowerCase() === small;
  });
}

/** `v1.apps`, `apps` or nothing after the resource. */
function isOf({ group, version }: ApiResource, rest: readonly string[]): boolean {
  if (rest.length === 0) return true;
  const text = rest.join(".");
  return text === group || text === `${version}.${group}` || group.startsWith(`${text}.`);
}
