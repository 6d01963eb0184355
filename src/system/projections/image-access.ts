import type { Secret } from "../../../machines/api/configuration-objects.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import { canonicalImage, repositoryOf } from "../../../machines/kubelet/image-reference.ts";
import type { ImagePresence } from "../../../machines/kubelet/next-pull.ts";
import {
  findCredentials,
  type PullCredential,
} from "../../../machines/kubelet/pull-credentials.ts";
import {
  mustAttemptImagePull,
  recordImagePulled,
} from "../../../machines/kubelet/pulled-record.ts";
import type { Subject } from "../composition.ts";
import type { KubeWorld } from "../world.ts";
import { isBeingPulled, nodeOf, pullOf } from "./pull-line.ts";

/** What an image on the node is to the pod, by what the kubelet wrote down of its pulls. */
export function presenceFor(world: KubeWorld, subject: Subject): ImagePresence {
  const { pod, image: name } = pullOf(subject);
  const { name: node, pulledRecords, configuration } = nodeOf(world, pod);
  const repository = repositoryOf(name);
  const check = {
    configuration,
    record: pulledRecords?.[canonicalImage(name)],
    isBeingPulled: isBeingPulled(world, node, name),
  };
  const credentials = credentialsOf(world, pod, repository);
  const mustPull = mustAttemptImagePull({ name, repository }, check, credentials);
  return mustPull ? "inaccessible" : "accessible";
}

/** From now on the node has the image, for those who could have pulled it. */
export function addImage(world: KubeWorld, subject: Subject, nowMs: number): void {
  const { pod, image } = pullOf(subject);
  const node = nodeOf(world, pod);
  const [name, repository] = [canonicalImage(image), repositoryOf(image)];
  const { images, pulledRecords = {}, pulledAtMs = {} } = node;
  const [credential] = credentialsOf(world, pod, repository);
  const record = recordImagePulled(pulledRecords[name], repository, credential);
  world.setNode({
    ...node,
    ...(!hasImage(images, image) && {
      images: [...images, name],
      pulledAtMs: { ...pulledAtMs, [name]: nowMs },
    }),
    pulledRecords: { ...pulledRecords, [name]: record },
  });
}

/** Whether one of a node's images is meant by that name, short or with its domain. */
export function hasImage(images: readonly string[], image: string): boolean {
  const name = canonicalImage(image);
  return images.some((one) => canonicalImage(one) === name);
}

function credentialsOf(
  world: KubeWorld,
  key: string,
  repository: string,
): readonly PullCredential[] {
  const { metadata, spec } = world.side(key).pod;
  const secrets = (spec.imagePullSecrets ?? []).flatMap(({ name = "" }) => {
    const secret = world.store.get("Secret", `${metadata.namespace ?? "default"}/${name}`);
    return secret !== undefined && isSecret(secret) ? [secret] : [];
  });
  return findCredentials(secrets, repository);
}

function isSecret(object: KubeObject): object is Secret {
  return object.kind === "Secret";
}
