import type { LabelSelector } from "../api/label-selector.ts";
import { labelSelectorAsSelector, selectorMatches } from "../api/selector.ts";
import type { Webhook, WebhookClientConfig, WebhookRule } from "../api/webhook-objects.ts";

type Labels = Readonly<Record<string, string>>;

/** A request as the rules of webhooks see it. */
export interface WebhookRequest {
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  /** Undefined for what the whole cluster shares. */
  readonly namespace: string | undefined;
  /** Of the namespace that it is about, or in. */
  readonly namespaceLabels: Labels | undefined;
  /** Of the object as it would be, and as it was. */
  readonly labels: readonly (Labels | undefined)[];
}

/** apiserver/pkg/admission/plugin/webhook/generic/webhook.go ShouldCallHook */
export function shouldCallHook(
  { rules = [], namespaceSelector, objectSelector }: Webhook,
  request: WebhookRequest,
): boolean {
  const isOfWebhooks = request.group === "admissionregistration.k8s.io";
  if (isOfWebhooks || !rules.some((rule) => ruleMatches(rule, request))) return false;
  const isInNamespace =
    request.namespace === undefined || isFound(namespaceSelector, request.namespaceLabels);
  return isInNamespace && request.labels.some((labels) => isFound(objectSelector, labels));
}

function isFound(selector: LabelSelector | undefined, labels: Labels = {}): boolean {
  const parsed = labelSelectorAsSelector(selector ?? {});
  return !("error" in parsed) && selectorMatches(parsed, labels);
}

/** apiserver/pkg/admission/plugin/webhook/predicates/rules/rules.go Matcher */
function ruleMatches(rule: WebhookRule, request: WebhookRequest): boolean {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [] } = rule;
  return (
    isAmong(operations, request.operation) &&
    isAmong(apiGroups, request.group) &&
    isAmong(apiVersions, request.version) &&
    resources.some((one) => isResource(one, request)) &&
    isOfScope(rule.scope ?? "*", request)
  );
}

function isAmong(words: readonly string[], word: string): boolean {
  return words.includes("*") || words.includes(word);
}

/** `pods`, `pods/status`, `pods/*`, `*`; a resource alone means none of its parts. */
function isResource(text: string, { resource, subresource }: WebhookRequest): boolean {
  const [name = "", part = ""] = text.split("/", 2);
  const isNamed = name === "*" || name === resource;
  return isNamed && (part === "*" || part === subresource);
}

function isOfScope(scope: string, { namespace, resource }: WebhookRequest): boolean {
  const isShared = namespace === undefined || resource === "namespaces";
  if (scope === "Cluster") return isShared;
  return scope === "Namespaced" ? !isShared : true;
}

/** Where a webhook is asked, as its errors say it. apiserver/pkg/util/webhook/client.go */
export function webhookUrl({ url, service }: WebhookClientConfig, timeoutSeconds: number): string {
  const query = `timeout=${timeoutSeconds}s`;
  if (url !== undefined) return `${url}${url.includes("?") ? "&" : "?"}${query}`;
  const { namespace = "", name = "", path = "", port = 443 } = service ?? {};
  const slashed = path === "" || path.startsWith("/") ? path : `/${path}`;
  return `https://${name}.${namespace}.svc:${port}${slashed}?${query}`;
}
