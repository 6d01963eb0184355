import type { LabelSelector } from "./label-selector.ts";
import type { KubeObject } from "./meta.ts";

/** Whom the API server asks about requests before it lets them in; the two kinds say how. */
export interface WebhookConfiguration extends KubeObject {
  readonly kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration";
  readonly webhooks?: readonly Webhook[];
}

/** admissionregistration.k8s.io/v1 MutatingWebhook and ValidatingWebhook */
export interface Webhook {
  readonly name: string;
  readonly clientConfig: WebhookClientConfig;
  readonly rules?: readonly WebhookRule[];
  readonly failurePolicy?: "Ignore" | "Fail";
  readonly matchPolicy?: "Exact" | "Equivalent";
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly sideEffects?: "Unknown" | "None" | "Some" | "NoneOnDryRun";
  readonly timeoutSeconds?: number;
  readonly admissionReviewVersions?: readonly string[];
  /** Only of those that change objects. */
  readonly reinvocationPolicy?: "Never" | "IfNeeded";
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
}

export interface WebhookClientConfig {
  readonly url?: string;
  readonly service?: {
    readonly namespace: string;
    readonly name: string;
    readonly path?: string;
    readonly port?: number;
  };
  readonly caBundle?: string;
}

export interface WebhookRule {
  readonly operations?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
  readonly scope?: "*" | "Cluster" | "Namespaced";
}
