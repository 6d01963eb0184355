import type { ObjectMeta } from "../api/meta.ts";

/** What the store says where an object is not the one meant; apiserver/pkg/storage/errors.go. */
export function storageError(resource: string, metadata: ObjectMeta, why: string): string {
  const key = registryKey(resource, metadata);
  const problem = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0`;
  return `${problem}, AdditionalErrorMsg: Precondition failed: ${why}`;
}

/** Under which key etcd has an object; a few resources have words of their own. */
function registryKey(resource: string, { namespace, name }: ObjectMeta): string {
  const word = registryWords[resource] ?? resource;
  return ["/registry", word, ...(namespace ? [namespace] : []), name].join("/");
}

const registryWords: Readonly<Record<string, string>> = {
  nodes: "minions",
  services: "services/specs",
  endpoints: "services/endpoints",
  replicationcontrollers: "controllers",
};
