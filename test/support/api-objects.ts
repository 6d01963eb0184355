import type { KubeObject } from "../../machines/api/meta.ts";
import type { ApiClient } from "./api-client.ts";

export const pods = "/api/v1/namespaces/default/pods";
export const configMaps = "/api/v1/namespaces/default/configmaps";
export const deployments = "/apis/apps/v1/namespaces/default/deployments";

/** A pod as somebody sends it. */
export function pod(name: string, more: object = {}): object {
  const spec = { containers: [{ name: "app", image: "nginx" }], ...more };
  return { apiVersion: "v1", kind: "Pod", metadata: { name, labels: { app: "web" } }, spec };
}

/** A Deployment as somebody sends it. */
export function deployment(name: string, replicas = 2): object {
  const labels = { app: name };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: "app", image: "nginx" }] },
  };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name }, spec };
}

/** The names of a list, and its metadata. */
export function listed(client: ApiClient, path: string) {
  const answer = client.send("GET", path);
  if ("refused" in answer) throw new Error(answer.refused.message);
  const { items, metadata } = JSON.parse(JSON.stringify(answer.object));
  return { names: items.map((one: KubeObject) => one.metadata.name), metadata };
}
