import type { KubeObject } from "../../../machines/api/meta.ts";
import type { AnyObject } from "../../../machines/api/objects.ts";
import type { UserInfo } from "../../../machines/apiserver/user-info.ts";

/** What a webhook is asked. admission.k8s.io/v1 AdmissionReview.request */
export interface AdmissionReview {
  /** The webhook's own name. */
  readonly webhook: string;
  readonly configuration: string;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  /** `pods`, with its group and version. */
  readonly resource: {
    readonly group: string;
    readonly version: string;
    readonly resource: string;
  };
  readonly subresource?: string;
  /** Empty before a name is made. */
  readonly name: string;
  readonly namespace?: string;
  readonly userInfo: UserInfo;
  /** As it would be; undefined where it goes. */
  readonly object?: AnyObject;
  readonly oldObject?: KubeObject;
  readonly dryRun: boolean;
}

/** What a webhook answers, or that it does not. */
export type WebhookAnswer =
  | {
      readonly allowed: true;
      /** RFC 6902. */
      readonly patch?: readonly object[];
      readonly warnings?: readonly string[];
    }
  | { readonly allowed: false; readonly status?: WebhookStatus }
  /** Why no answer came: `context deadline exceeded`. */
  | { readonly fails: string };

export interface WebhookStatus {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
}

/** A webhook's program: pure, for it is asked again when a run is replayed. */
export type WebhookHandler = (review: AdmissionReview) => WebhookAnswer | undefined;
