import { isDns1035Label, isDns1123Subdomain, nameIsDnsSubdomain } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { Webhook, WebhookConfiguration, WebhookRule } from "../api/webhook-objects.ts";
import {
  duplicate,
  type FieldError,
  invalid,
  invalids,
  notSupported,
  required,
  validateChoice,
} from "./field-error.ts";
import { metadataUpdateErrors, type Strategy } from "./kind-strategy.ts";
import { validateLabelSelector } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";

type AnyConfiguration = Unchecked<WebhookConfiguration>;
type AnyWebhook = Unchecked<Webhook>;

/** pkg/registry/admissionregistration/{mutating,validating}webhookconfiguration/strategy.go */
export const webhookConfigurations: Strategy<AnyConfiguration> = {
  isNamespaced: false,
  setDefaults: (object) => ({
    ...object,
    ...(object.webhooks && {
      webhooks: object.webhooks.map((one) => setDefaultsWebhook(one, object.kind ?? "")),
    }),
  }),
  validate: validateConfiguration,
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...validateConfiguration(object),
  ],
};

/** pkg/apis/admissionregistration/v1/defaults.go */
function setDefaultsWebhook(webhook: AnyWebhook, kind: string): AnyWebhook {
  const { clientConfig = {}, rules } = webhook;
  const { service } = clientConfig;
  return {
    failurePolicy: "Fail",
    matchPolicy: "Equivalent",
    namespaceSelector: {},
    objectSelector: {},
    timeoutSeconds: 10,
    ...(kind === "MutatingWebhookConfiguration" && { reinvocationPolicy: "Never" }),
    ...webhook,
    clientConfig: { ...clientConfig, ...(service && { service: { port: 443, ...service } }) },
    ...(rules && { rules: rules.map((rule) => ({ scope: "*", ...rule })) }),
  };
}

const metadataRules = { isNamespaced: false, validateName: nameIsDnsSubdomain };

/** pkg/apis/admissionregistration/validation/validation.go */
function validateConfiguration({ metadata, webhooks = [] }: AnyConfiguration): FieldError[] {
  const names = webhooks.map(({ name = "" }) => name);
  return [
    ...validateObjectMeta(metadata ?? {}, metadataRules),
    ...webhooks.flatMap((webhook, index) => {
      const path = `webhooks[${index}]`;
      const { name = "" } = webhook;
      const isTwice = name !== "" && names.indexOf(name) < index;
      return [
        ...validateWebhook(webhook, path),
        ...validateVersions(webhook.admissionReviewVersions, `${path}.admissionReviewVersions`),
        ...(isTwice ? [duplicate(`${path}.name`, name)] : []),
      ];
    }),
  ];
}

function validateWebhook(webhook: AnyWebhook, path: string): FieldError[] {
  const { name = "", rules = [], sideEffects, timeoutSeconds = 10, clientConfig = {} } = webhook;
  const one = "must specify one of None, NoneOnDryRun";
  const isOutOfBounds = timeoutSeconds > 30 || timeoutSeconds < 1;
  const bounds = "the timeout value must be between 1 and 30 seconds";
  const { url, service } = clientConfig;
  const isOne = (url === undefined) !== (service === undefined);
  return [
    ...qualifiedName(name, `${path}.name`),
    ...rules.flatMap((rule, index) => validateRule(rule, `${path}.rules[${index}]`)),
    ...validateChoice(webhook.failurePolicy, ["Fail", "Ignore"], `${path}.failurePolicy`),
    ...validateChoice(webhook.matchPolicy, ["Equivalent", "Exact"], `${path}.matchPolicy`),
    ...(sideEffects === undefined
      ? [required(`${path}.sideEffects`, one)]
      : validateChoice(sideEffects, ["None", "NoneOnDryRun"], `${path}.sideEffects`)),
    ...(isOutOfBounds ? [invalid(`${path}.timeoutSeconds`, timeoutSeconds, bounds)] : []),
    ...validateLabelSelector(webhook.namespaceSelector ?? {}, `${path}.namespaceSelector`),
    ...validateLabelSelector(webhook.objectSelector ?? {}, `${path}.objectSelector`),
    ...validateChoice(
      webhook.reinvocationPolicy,
      ["IfNeeded", "Never"],
      `${path}.reinvocationPolicy`,
    ),
    ...(isOne
      ? []
      : [required(`${path}.clientConfig`, "exactly one of url or service is required")]),
    ...conditionErrors(webhook, path),
  ];
}

function qualifiedName(name: string, path: string): FieldError[] {
  if (name === "") return [required(path)];
  const wrong = isDns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(path, name, wrong.join(","))];
  const detail = "should be a domain with at least three segments separated by dots";
  return name.split(".").length < 3 ? [invalid(path, name, detail)] : [];
}

/** No expression is evaluated here, and one that is not would be another webhook. */
function conditionErrors({ matchConditions = [] }: AnyWebhook, path: string): FieldError[] {
  return matchConditions.map(({ expression = "" }, index) => {
    const field = `${path}.matchConditions[${index}].expression`;
    return invalid(field, expression, "expressions are not evaluated by this API server");
  });
}

function validateRule(rule: Unchecked<WebhookRule>, path: string): FieldError[] {
  const { operations = [], resources = [], scope } = rule;
  const all = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
  return [
    ...words(operations, `${path}.operations`, "operations"),
    ...operations.flatMap((operation, index) => {
      const isKnown = all.includes(operation);
      return isKnown ? [] : [notSupported(`${path}.operations[${index}]`, operation, all)];
    }),
    ...words(rule.apiGroups ?? [], `${path}.apiGroups`, "API groups"),
    ...words(rule.apiVersions ?? [], `${path}.apiVersions`, "API versions"),
    ...(resources.length === 0 ? [required(`${path}.resources`)] : []),
    ...validateChoice(scope, ["*", "Cluster", "Namespaced"], `${path}.scope`),
  ];
}

function words(given: readonly string[], path: string, what: string): FieldError[] {
  if (given.length === 0) return [required(path)];
  const isMixed = given.length > 1 && given.includes("*");
  const detail = `if '*' is present, must not specify other ${what}`;
  return isMixed ? [invalid(path, given, detail)] : [];
}

const accepted = ["v1", "v1beta1"];

function validateVersions(versions: readonly string[] = [], path: string): FieldError[] {
  const which = accepted.join(", ");
  if (versions.length === 0) return [required(path, `must specify one of ${which}`)];
  const isKnown = versions.some((one) => accepted.includes(one));
  return [
    ...versions.flatMap((version, index) => {
      const isTwice = versions.indexOf(version) < index;
      if (isTwice) return [invalid(`${path}[${index}]`, version, "duplicate version")];
      return invalids(`${path}[${index}]`, version, isDns1035Label(version));
    }),
    ...(isKnown ? [] : [invalid(path, versions, `must include at least one of ${which}`)]),
  ];
}
