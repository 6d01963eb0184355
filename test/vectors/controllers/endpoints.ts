import type { Service } from "../../../machines/api/network-objects.ts";
import { isWhole } from "../../../machines/api/objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { syncEndpoints } from "../../../machines/controllers/endpoint/sync-endpoints.ts";
import { ofKind, runScripted } from "../../support/scripted-sync.ts";
import { readyPod, webService } from "../../support/services.ts";

type Input = ServiceInput | CapacityInput;

interface ServiceInput {
  readonly kind?: undefined;
  readonly service: Service;
  readonly pods: readonly Pod[];
}

interface CapacityInput {
  readonly kind: "capacity";
  readonly readyPods: number;
}

export function run(input: Input): unknown {
  if (input.kind === "capacity") return capacity(input.readyPods);
  const service = ofKind("v1", "Service", input.service);
  const { result, actions } = runScripted(syncEndpoints({ service, pods: input.pods }), () => ({}));
  return { actions, ...(result.error && { error: result.error.message }) };
}

function capacity(readyPods: number): unknown {
  const addresses = Array.from({ length: readyPods }, (_, at) => `10.1.${at >> 8}.${at & 0xff}`);
  const pods = addresses.map((address) => readyPod(address));
  const { requests } = runScripted(syncEndpoints({ service: webService, pods }), () => ({}));
  const object = ofKind("v1", "Endpoints", { metadata: { name: "" }, ...requests[0]?.object });
  if (!isWhole(object, "Endpoints")) return {};
  const subsets = object.subsets ?? [];
  return {
    addresses: subsets.flatMap((subset) => subset.addresses ?? []).length,
    notReadyAddresses: subsets.flatMap((subset) => subset.notReadyAddresses ?? []).length,
    annotations: object.metadata.annotations,
  };
}
