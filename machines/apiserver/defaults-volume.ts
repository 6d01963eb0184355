import type { Volume } from "../api/pod.ts";
import type { DownwardApiVolumeFile, VolumeProjection } from "../api/projection.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { defaultPullPolicy, setDefaultsObjectFieldSelector } from "./defaults-container.ts";
import { setDefaultsPersistentVolumeClaimSpec } from "./defaults-objects.ts";

type AnyVolume = Unchecked<Volume>;

/** A volume without a source is an emptyDir; pkg/apis/core/v1/defaults.go SetDefaults_Volume. */
export function setDefaultsVolume(volume: AnyVolume): AnyVolume {
  const { name: _, ...sources } = volume;
  const isBare = Object.values(sources).every((source) => source === undefined);
  if (isBare) return { ...volume, emptyDir: {} };
  return { ...volume, ...filesOfObjects(volume), ...diskSources(volume), ...otherSources(volume) };
}

/** Octal 0644. */
const defaultMode = 0o644;
const hourSeconds = 3600;

function filesOfObjects({ secret, configMap, downwardAPI, projected }: AnyVolume): AnyVolume {
  return {
    ...(secret && { secret: { defaultMode, ...secret } }),
    ...(configMap && { configMap: { defaultMode, ...configMap } }),
    ...(downwardAPI && { downwardAPI: { defaultMode, ...setDefaultsItems(downwardAPI) } }),
    ...(projected && {
      projected: {
        defaultMode,
        ...projected,
        ...(projected.sources && { sources: projected.sources.map(setDefaultsProjection) }),
      },
    }),
  };
}

function setDefaultsProjection(source: Unchecked<VolumeProjection>): Unchecked<VolumeProjection> {
  const { downwardAPI, serviceAccountToken } = source;
  return {
    ...source,
    ...(downwardAPI && { downwardAPI: setDefaultsItems(downwardAPI) }),
    ...(serviceAccountToken && {
      serviceAccountToken: { expirationSeconds: hourSeconds, ...serviceAccountToken },
    }),
  };
}

interface WithItems {
  readonly items?: readonly Unchecked<DownwardApiVolumeFile>[];
}

function setDefaultsItems<Source extends WithItems>(source: Source): Source {
  const items = source.items?.map((file) => {
    const { fieldRef } = file;
    return fieldRef ? { ...file, fieldRef: setDefaultsObjectFieldSelector(fieldRef) } : file;
  });
  return items === undefined ? source : { ...source, items };
}

function diskSources({ iscsi, rbd, azureDisk, scaleIO }: AnyVolume): AnyVolume {
  return {
    ...(iscsi && { iscsi: { ...iscsi, iscsiInterface: iscsi.iscsiInterface || "default" } }),
    ...(rbd && {
      rbd: {
        ...rbd,
        pool: rbd.pool || "rbd",
        user: rbd.user || "admin",
        keyring: rbd.keyring || "/etc/ceph/keyring",
      },
    }),
    ...(azureDisk && {
      azureDisk: {
        cachingMode: "ReadWrite",
        fsType: "ext4",
        readOnly: false,
        kind: "Shared",
        ...azureDisk,
      },
    }),
    ...(scaleIO && {
      scaleIO: {
        ...scaleIO,
        storageMode: scaleIO.storageMode || "ThinProvisioned",
        fsType: scaleIO.fsType || "xfs",
      },
    }),
  };
}

function otherSources({ hostPath, ephemeral, image }: AnyVolume): AnyVolume {
  const template = ephemeral?.volumeClaimTemplate;
  return {
    ...(hostPath && { hostPath: { type: "", ...hostPath } }),
    ...(template && {
      ephemeral: {
        volumeClaimTemplate: {
          ...template,
          spec: setDefaultsPersistentVolumeClaimSpec(template.spec ?? {}),
        },
      },
    }),
    ...(image && {
      image: { ...image, pullPolicy: image.pullPolicy || defaultPullPolicy(image.reference ?? "") },
    }),
  };
}
