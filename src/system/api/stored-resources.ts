import {
  type ApiResource,
  opaqueResource,
  resourceOfKind,
} from "../../../machines/apiserver/api-resources.ts";
import type { Store } from "../../store/store.ts";
import { storeKindOf } from "./call.ts";
import { customResources } from "./custom.ts";

/** Every resource that a namespace has objects of, in order of the store's words for them. */
export function storedResources(store: Store, namespace: string): readonly ApiResource[] {
  const custom = customResources(store);
  return store.kindNames().flatMap((kind) => {
    const [first] = store.select(kind, { namespace });
    if (first === undefined) return [];
    const defined = custom.find((one) => storeKindOf(one) === kind);
    return [resourceOfKind(kind) ?? defined ?? opaqueResource(first.apiVersion, first.kind)];
  });
}
