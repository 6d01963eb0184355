import type { Volume } from "../../../machines/api/pod.ts";
import type { Handler } from "../../system/composition.ts";
import type { KubeWorld } from "../../system/world.ts";
import type { EnvironmentAnswers } from "../../manifest/scenario/answers.ts";
import { keysOf, missingObject } from "./missing-config.ts";

/** A mount that needs nothing from elsewhere, ms. */
const usualMountMs = 20;

/**
 * Mounts of volumes: they fail for what is missing at the API, and as the scenario says.
 * pkg/volume/util/operationexecutor/operation_generator.go GenerateMountVolumeFunc
 */
export function volumesOf(answers: EnvironmentAnswers): Handler<KubeWorld> {
  return ({ world, from, now, choices, send }) => {
    if (from === undefined) return;
    const { pod = "", part = "" } = from.subject;
    const side = world.side(pod);
    const volume = side.pod.spec.volumes?.find(({ name }) => name === part);
    const said = answers.mount({ pod, part, node: side.node }, now);
    const about = `pod/${pod} volume/${part}`;
    const range = { low: 5, high: 200, usual: usualMountMs };
    const delayMs = choices.amount("mount time", about, range, said?.takesMs);
    const namespace = side.pod.metadata.namespace ?? "default";
    const cause = said?.fails ?? (volume && missingFor(world, namespace, volume));
    if (cause === undefined) {
      send({ to: from, event: { type: "Mount.succeeded" }, delayMs });
    } else {
      const message = `MountVolume.SetUp failed for volume "${part}" : ${cause}`;
      send({ to: from, event: { type: "Mount.failed" }, detail: { message }, delayMs });
    }
  };
}

function missingFor(world: KubeWorld, namespace: string, volume: Volume): string | undefined {
  const { configMap, secret, persistentVolumeClaim } = volume;
  if (configMap !== undefined && configMap.optional !== true) {
    const name = configMap.name ?? "";
    const missing = missingObject(world, "ConfigMap", namespace, name);
    if (missing !== undefined) return missing;
    const keys = keysOf(world, "ConfigMap", namespace, name);
    const lost = configMap.items?.find(({ key }) => !keys.includes(key));
    return lost && `configmap references non-existent config key: ${lost.key}`;
  }
  if (secret !== undefined && secret.optional !== true) {
    const name = secret.secretName ?? "";
    const missing = missingObject(world, "Secret", namespace, name);
    if (missing !== undefined) return missing;
    const keys = keysOf(world, "Secret", namespace, name);
    const lost = secret.items?.find(({ key }) => !keys.includes(key));
    return lost && `references non-existent secret key: ${lost.key}`;
  }
  if (persistentVolumeClaim === undefined) return undefined;
  return missingObject(world, "PersistentVolumeClaim", namespace, persistentVolumeClaim.claimName);
}
