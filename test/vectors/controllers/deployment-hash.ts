import type { PodTemplateSpec } from "../../../machines/api/workload-objects.ts";
import {
  computeHash,
  dumpTemplate,
  generateReplicaSetName,
} from "../../../machines/controllers/deployment/compute-hash.ts";

interface NameInput {
  readonly kind: "name";
  readonly deploymentName: string;
  readonly hash: string;
}

interface HashInput {
  readonly kind?: undefined;
  readonly template: PodTemplateSpec;
  readonly collisionCount?: number;
}

/** Random templates were recorded without the dump, which their hash depends on. */
export function run(input: NameInput | HashInput, id: string): unknown {
  if (input.kind === "name")
    return { name: generateReplicaSetName(input.deploymentName, input.hash) };
  const { template, collisionCount } = input;
  const hash = computeHash(template, collisionCount);
  const isDumped = !id.startsWith("random/") && collisionCount === undefined;
  return isDumped ? { dump: dumpTemplate(template), hash } : { hash };
}
