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
