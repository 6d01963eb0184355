import type { Pod, Volume } from "../../api/pod.ts";
import type { Handle } from "../framework/handle.ts";
import type { FilterPlugin } from "../framework/plugin.ts";
import { errorStatus, skip, unresolvable } from "../framework/status.ts";
import { claimOfVolume, claimOwnerError, getClaim, notFound } from "../volume/claims.ts";
import { findPodVolumes, getPodVolumeClaims } from "../volume/pod-volumes.ts";

/** plugins/volumebinding/volume_binding.go PreFilter and Filter. */
export const volumeBinding: FilterPlugin = {
  name: "VolumeBinding",
  hasPreFilter: true,
  preFilter: ({ pod }, handle) => {
    const { volumes = [] } = pod.spec;
    if (!volumes.some((volume) => claimOfVolume(pod, volume) !== undefined)) return skip;
    for (const volume of volumes) {
      const problem = claimProblem(pod, volume, handle);
      if (problem !== undefined) return unresolvable(problem);
    }
    const claims = getPodVolumeClaims(pod, handle);
    if ("error" in claims) return errorStatus(claims.error);
    if (claims.unboundClaimsImmediate.length > 0) {
      return unresolvable("pod has unbound immediate PersistentVolumeClaims");
    }
    return {
      filter: ({ node }) => {
        const reasons = findPodVolumes(claims, handle, node);
        if ("error" in reasons) return errorStatus(reasons.error);
        return reasons.length === 0 ? undefined : unresolvable(...reasons);
      },
    };
  },
};

/** `podHasPVCs`: why a claim cannot be used, whatever the node. */
function claimProblem(pod: Pod, volume: Volume, handle: Handle): string | undefined {
  const named = claimOfVolume(pod, volume);
  if (named === undefined) return undefined;
  const { claimName, isEphemeral } = named;
  const claim = getClaim(handle, pod, claimName);
  if (claim === undefined) {
    if (!isEphemeral) return notFound.claim(claimName);
    const wait = "waiting for ephemeral volume controller to create the persistentvolumeclaim";
    return `${wait} "${claimName}"`;
  }
  if (claim.status?.phase === "Lost") {
    const { volumeName = "" } = claim.spec ?? {};
    const bound = `bound to non-existent persistentvolume "${volumeName}"`;
    return `persistentvolumeclaim "${claimName}" ${bound}`;
  }
  if (claim.metadata.deletionTimestamp !== undefined) {
    return `persistentvolumeclaim "${claimName}" is being deleted`;
  }
  return isEphemeral ? claimOwnerError(pod, claim) : undefined;
}
