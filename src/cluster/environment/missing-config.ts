import type { EnvFromSource, EnvVar, KeySelector } from "../../../machines/api/pod.ts";
import type { Subject } from "../../system/composition.ts";
import { containerOf } from "../../system/routes/container.ts";
import type { KubeWorld } from "../../system/world.ts";

/**
 * Why the environment of a container cannot be made: a ConfigMap, a Secret or a key of one is
 * missing. Undefined: nothing is. pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
 */
export function missingConfig(world: KubeWorld, subject: Subject): string | undefined {
  const namespace = world.side(subject.pod).pod.metadata.namespace ?? "default";
  const { envFrom = [], env = [] } = containerOf(world, subject);
  for (const source of envFrom) {
    const missing = missingSource(world, namespace, source);
    if (missing !== undefined) return missing;
  }
  for (const variable of env) {
    const missing = missingKey(world, namespace, variable);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingSource(
  world: KubeWorld,
  namespace: string,
  { configMapRef, secretRef }: EnvFromSource,
): string | undefined {
  if (configMapRef !== undefined && configMapRef.optional !== true) {
    return missingObject(world, "ConfigMap", namespace, configMapRef.name ?? "");
  }
  if (secretRef === undefined || secretRef.optional === true) return undefined;
  return missingObject(world, "Secret", namespace, secretRef.name ?? "");
}

function missingKey(
  world: KubeWorld,
  namespace: string,
  { valueFrom }: EnvVar,
): string | undefined {
  if (valueFrom?.configMapKeyRef !== undefined) {
    return missingIn(world, "ConfigMap", namespace, valueFrom.configMapKeyRef);
  }
  if (valueFrom?.secretKeyRef === undefined) return undefined;
  return missingIn(world, "Secret", namespace, valueFrom.secretKeyRef);
}

function missingIn(
  world: KubeWorld,
  kind: "ConfigMap" | "Secret",
  namespace: string,
  { name = "", key, optional }: KeySelector,
): string | undefined {
  if (optional === true) return undefined;
  const missing = missingObject(world, kind, namespace, name);
  if (missing !== undefined) return missing;
  if (keysOf(world, kind, namespace, name).includes(key)) return undefined;
  return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
}

/** The API server's words for an object that is not there. */
export function missingObject(
  world: KubeWorld,
  kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim",
  namespace: string,
  name: string,
): string | undefined {
  if (world.store.get(kind, `${namespace}/${name}`) !== undefined) return undefined;
  return `${kind.toLowerCase()} "${name}" not found`;
}

/** The keys of a ConfigMap's or Secret's data, binary and text ones. */
export function keysOf(
  world: KubeWorld,
  kind: "ConfigMap" | "Secret",
  namespace: string,
  name: string,
): readonly string[] {
  const object = world.store.get(kind, `${namespace}/${name}`);
  if (object === undefined) return [];
  return ["data", "binaryData", "stringData"].flatMap((field) => {
    const values: unknown = Object.entries(object).find(([key]) => key === field)?.[1];
    return typeof values === "object" && values !== null ? Object.keys(values) : [];
  });
}
