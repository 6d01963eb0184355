import type { KubeObject } from "../../../machines/api/meta.ts";
import type { ApiResource } from "../../../machines/apiserver/api-resources.ts";
import type { ApiStatus } from "../../../machines/apiserver/api-status.ts";
import type { RequestStage, StoredChange } from "../../../machines/apiserver/request.machine.ts";
import type { PatchType } from "../../../machines/apiserver/patch.ts";
import type { UserInfo } from "../../../machines/apiserver/user-info.ts";
import type { WebhookHandler } from "./webhook-reviews.ts";
import type { Store } from "../../store/store.ts";
import type { NameNumbers } from "../name-numbers.ts";

/** What a plugin or a webhook has put into an object. */
export interface AdmissionChange {
  readonly by: string;
  /** `spec.tolerations` */
  readonly fields: readonly string[];
}

/** What is asked of the API server, after its address has been read. */
export interface ApiCall {
  readonly verb: ApiVerb;
  readonly resource: ApiResource;
  readonly subresource?: string | undefined;
  /** Undefined for all, and for what has none. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** An object, or a patch. */
  readonly body?: unknown;
  readonly options?: CallOptions | undefined;
}

export type ApiVerb =
  | "create"
  | "get"
  | "list"
  | "watch"
  | "update"
  | "patch"
  | "delete"
  | "deletecollection";

/** apimachinery/pkg/apis/meta/v1 ListOptions, PatchOptions and DeleteOptions. */
export interface CallOptions {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continue?: string;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
  readonly patchType?: PatchType | "apply";
  readonly fieldManager?: string;
  readonly force?: boolean;
  /** All is checked, and nothing is written. */
  readonly dryRun?: boolean;
  readonly gracePeriodSeconds?: number;
  /** Of a pod whose log or process is asked for. */
  readonly container?: string;
  readonly propagationPolicy?: "Background" | "Foreground" | "Orphan";
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/** Where and when a call is answered. */
export interface ApiContext {
  readonly store: Store;
  /** ms since 1970 */
  readonly nowMs: number;
  readonly names: NameNumbers;
  /** What others than its author write to a new object at once. */
  readonly completed?: (store: Store, object: KubeObject) => KubeObject;
  /** Who asks; undefined for the API server itself, which may do everything. */
  readonly user?: UserInfo;
  /** The programs behind webhooks; those that nobody has written allow everything. */
  readonly webhooks?: WebhookHandler;
  /** Hears whether webhooks were asked, and whether one has changed the object. */
  readonly noted?: (what: "asked" | "changed" | "reviewed") => void;
  /** Set where nothing is to be written for another reason than the caller's own. */
  readonly trial?: { readonly dryRun: boolean };
}

/** What came of a call. */
export type ApiAnswer = Answered | Refused;

export interface Answered {
  readonly code: number;
  /** The object, a list or a Status; of a write the object as it is stored. */
  readonly object: object;
  /** What a write does to what is stored. */
  readonly change?: StoredChange;
  /** What whoever asked is warned of. */
  readonly warnings?: readonly string[];
  /** Who has changed what in the object on its way. */
  readonly admission?: readonly AdmissionChange[];
}

export interface Refused {
  readonly refused: ApiStatus;
  /** Where on its way. */
  readonly stage: RequestStage;
}

/** A list of objects as the API server gives it. */
export interface ObjectList {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly KubeObject[];
}

export function refuse(refused: ApiStatus, stage: RequestStage): Refused {
  return { refused, stage };
}

/** `apps/v1` */
export function apiVersionOf({ group, version }: Pick<ApiResource, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}

/** Under which word the store has a resource's objects. */
export function storeKindOf({ kind, group }: Pick<ApiResource, "kind" | "group">): string {
  return group.includes(".") && !group.endsWith(".k8s.io") ? `${kind}.${group}` : kind;
}

/** `namespace/name`, or the name alone. */
export function keyOfCall({ resource, namespace, name = "" }: ApiCall): string {
  return resource.isNamespaced ? `${namespace ?? "default"}/${name}` : name;
}
