import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
} from "../api/persistent-volume-claim.ts";
import { scaledValue } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";

/** pkg/api/persistentvolumeclaim/util.go GetWarningsForPersistentVolumeClaim. */
export function claimWarnings({
  metadata,
  spec,
}: Unchecked<PersistentVolumeClaim>): readonly string[] {
  const key = "volume.beta.kubernetes.io/storage-class";
  const isOld = key in (metadata?.annotations ?? {});
  const text = 'deprecated since v1.8; use "storageClassName" attribute instead';
  return [
    ...(isOld ? [`metadata.annotations[${key}]: ${text}`] : []),
    ...claimSpecWarnings(spec, "spec"),
  ];
}

/** Also of a StatefulSet's claims; GetWarningsForPersistentVolumeClaimSpec. */
export function claimSpecWarnings(
  spec: Unchecked<PersistentVolumeClaimSpec> | undefined,
  path: string,
): readonly string[] {
  return (["requests", "limits"] as const).flatMap((list) => {
    const text = spec?.resources?.[list]?.["storage"];
    if (text === undefined) return [];
    const amount = mustParse(text);
    if (scaledValue(amount, -3) % 1000n === 0n) return [];
    const shown = `fractional byte value ${quote(formatQuantity(amount))}`;
    return [`${path}.resources.${list}[storage]: ${shown} is invalid, must be an integer`];
  });
}
