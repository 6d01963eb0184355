import type { KubeObject } from "../../machines/api/meta.ts";

const names = ["default", "kube-node-lease", "kube-public", "kube-system"];

function namespaceNamed(name: string): KubeObject {
  const namespace: KubeObject & { readonly spec: object; readonly status: object } = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  };
  return namespace;
}

/** pkg/controlplane/controller/systemnamespaces */
export const systemNamespaces: readonly KubeObject[] = names.map(namespaceNamed);

/** Where there are namespaces at all, those of the system are there, too. */
export function withSystemNamespaces(objects: readonly KubeObject[]): readonly KubeObject[] {
  const given = objects.filter(({ kind }) => kind === "Namespace");
  if (given.length === 0) return objects;
  const missing = systemNamespaces.filter(({ metadata: { name } }) => {
    return given.every(({ metadata }) => metadata.name !== name);
  });
  return [...missing, ...objects];
}
