import { nameIsDnsLabel, nameIsDnsSubdomain } from "../api/names.ts";
import type { PersistentVolumeSpec, SecretReference } from "../api/storage-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalids, required } from "./field-error.ts";
import { validatePathNoBacksteps } from "./validation-paths.ts";
import { validateCsiDriverName, validateVolumePlugins } from "./validation-volume-plugins.ts";
import { validateHostPath } from "./validation-volumes.ts";

type Spec = Unchecked<PersistentVolumeSpec>;

/** Exactly one place, and what is wrong with it; ValidatePersistentVolumeSpec. */
export function sourceErrors(spec: Spec, name: string): FieldError[] {
  const { hostPath, local, csi, cinder, iscsi, storageos, ...others } = spec;
  const shared = {
    ...others,
    name,
    ...(cinder && { cinder }),
    ...(iscsi && { iscsi }),
    ...(storageos && { storageos }),
  };
  const checks = new Map<string, FieldError[] | undefined>([
    ["hostPath", hostPath && validateHostPath(hostPath, "spec.hostPath")],
    ...validateVolumePlugins(shared, "spec"),
    ["local", local && validateLocal(spec)],
    ["csi", csi && validateCsi(csi)],
  ]);
  const given = order.filter((field) => checks.get(field) !== undefined);
  if (given.length === 0) return [required("spec", "must specify a volume type")];
  return given.flatMap((field, index) => {
    const detail = "may not specify more than 1 volume type";
    return index === 0 ? (checks.get(field) ?? []) : [forbidden(`spec.${field}`, detail)];
  });
}

const order = [
  ..."hostPath gcePersistentDisk awsElasticBlockStore glusterfs flocker nfs rbd".split(" "),
  ..."quobyte cephfs iscsi cinder fc flexVolume azureFile vsphereVolume".split(" "),
  ..."photonPersistentDisk portworxVolume azureDisk scaleIO local storageos csi".split(" "),
];

function validateLocal({ local, nodeAffinity }: Spec): FieldError[] {
  const { path = "" } = local ?? {};
  const at = "spec.local.path";
  const detail = "Local volume requires node affinity";
  return [
    ...(path === "" ? [required(at)] : validatePathNoBacksteps(path, at)),
    ...(nodeAffinity === undefined ? [required("spec.nodeAffinity", detail)] : []),
  ];
}

function validateCsi(csi: NonNullable<Spec["csi"]>): FieldError[] {
  const references = [
    "controllerPublishSecretRef",
    "controllerExpandSecretRef",
    "nodePublishSecretRef",
    "nodeExpandSecretRef",
  ] as const;
  return [
    ...validateCsiDriverName(csi.driver ?? "", "spec.csi.driver"),
    ...(csi.volumeHandle ? [] : [required("spec.csi.volumeHandle")]),
    ...references.flatMap((field) => {
      const reference = csi[field];
      return reference ? validateSecretReference(reference, `spec.csi.${field}`) : [];
    }),
  ];
}

/** validatePVSecretReference. */
function validateSecretReference(
  { name = "", namespace = "" }: Unchecked<SecretReference>,
  path: string,
): FieldError[] {
  return [
    ...(name === ""
      ? [required(`${path}.name`)]
      : invalids(`${path}.name`, name, nameIsDnsSubdomain(name))),
    ...(namespace === ""
      ? [required(`${path}.namespace`)]
      : invalids(`${path}.namespace`, namespace, nameIsDnsLabel(namespace))),
  ];
}
