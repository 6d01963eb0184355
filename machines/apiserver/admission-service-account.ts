import { generateName } from "../api/generated-names.ts";
import type { Container, PodSpec } from "../api/pod.ts";
import type { ServiceAccount } from "../api/policy-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";

/**
 * Every pod runs as a service account and finds its token in a volume, unless it or the account
 * declines; it gets the account's secrets for images where it names none.
 * Source: plugin/pkg/admission/serviceaccount/admission.go.
 *
 * @param account undefined for one without wishes of its own
 */
export function admitServiceAccount(
  spec: Unchecked<PodSpec>,
  podName: string,
  account?: Pick<ServiceAccount, "automountServiceAccountToken" | "imagePullSecrets">,
): Unchecked<PodSpec> {
  const name = spec.serviceAccountName || spec.serviceAccount || "default";
  const secrets = account?.imagePullSecrets ?? [];
  const withAccount = {
    ...spec,
    serviceAccountName: name,
    serviceAccount: name,
    ...((spec.imagePullSecrets ?? []).length === 0 &&
      secrets.length > 0 && { imagePullSecrets: secrets.map((one) => ({ name: one.name ?? "" })) }),
  };
  const mounts = spec.automountServiceAccountToken ?? account?.automountServiceAccountToken;
  return mounts === false ? withAccount : mountServiceAccountToken(withAccount, podName);
}

const mountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
const volumePrefix = "kube-api-access-";
/** An hour and seven seconds: how Kubernetes marks tokens that may outlive it with a warning. */
const expirationSeconds = 3607;

function mountServiceAccountToken(spec: Unchecked<PodSpec>, podName: string): Unchecked<PodSpec> {
  const { volumes = [], containers = [], initContainers } = spec;
  const present = volumes.find((volume) => volume.name?.startsWith(volumePrefix) === true);
  const name = present?.name ?? generateName(volumePrefix, podName);
  const all = [...containers, ...(initContainers ?? [])];
  if (all.every(mountsToken)) return spec;
  const mount = (container: Unchecked<Container>): Unchecked<Container> => {
    const volumeMounts = [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath }];
    return mountsToken(container) ? container : { ...container, volumeMounts };
  };
  return {
    ...spec,
    volumes: present === undefined ? [...volumes, { name, projected: tokenVolumeSource }] : volumes,
    containers: containers.map(mount),
    ...(initContainers && { initContainers: initContainers.map(mount) }),
  };
}

function mountsToken({ volumeMounts = [] }: Unchecked<Container>): boolean {
  return volumeMounts.some((mount) => mount.mountPath === mountPath);
}

const tokenVolumeSource = {
  sources: [
    { serviceAccountToken: { expirationSeconds, path: "token" } },
    { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    {
      downwardAPI: {
        items: [
          { path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } },
        ],
      },
    },
  ],
  defaultMode: 0o644,
} as const;
