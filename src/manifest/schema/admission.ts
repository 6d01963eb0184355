import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const admissionTypes: StructTypes = {
  MutatingWebhookConfiguration: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]MutatingWebhook": "webhooks",
  },
  MutatingWebhook: {
    "string!": "name",
    "WebhookClientConfig!": "clientConfig",
    "[]RuleWithOperations": "rules",
    "*string": "failurePolicy matchPolicy sideEffects reinvocationPolicy",
    LabelSelector: "namespaceSelector objectSelector",
    "*int32": "timeoutSeconds",
    "[]string": "admissionReviewVersions",
    "[]MatchCondition": "matchConditions",
  },
  WebhookClientConfig: {
    "*string": "url",
    ServiceReference: "service",
    bytes: "caBundle",
  },
  ServiceReference: {
    "string!": "namespace name",
    "*string": "path",
    "*int32": "port",
  },
  RuleWithOperations: {
    "[]string": "apiGroups apiVersions resources operations",
    "*string": "scope",
  },
  MatchCondition: {
    "string!": "name expression",
  },
  ValidatingWebhookConfiguration: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]ValidatingWebhook": "webhooks",
  },
  ValidatingWebhook: {
    "string!": "name",
    "WebhookClientConfig!": "clientConfig",
    "[]RuleWithOperations": "rules",
    "*string": "failurePolicy matchPolicy sideEffects",
    LabelSelector: "namespaceSelector objectSelector",
    "*int32": "timeoutSeconds",
    "[]string": "admissionReviewVersions",
    "[]MatchCondition": "matchConditions",
  },
};
