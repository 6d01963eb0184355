import type { ConfigMap, PriorityClass, RuntimeClass, Secret } from "./configuration-objects.ts";
import type { KubeEvent } from "./event.ts";
import { kindPrinter } from "./kind-printer.ts";
import type { KubeObject } from "./meta.ts";
import type * as policy from "./policy-objects.ts";
import type { WebhookConfiguration } from "./webhook-objects.ts";
import { age } from "./printers.ts";

/** pkg/printers/internalversion/printers.go printNamespace. */
export const namespaces = kindPrinter<policy.Namespace>(
  "NAME | STATUS | AGE",
  ({ metadata, status }, nowMs) => [
    metadata.name,
    status?.phase ?? "",
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printMutatingWebhook. */
export const webhookConfigurations = kindPrinter<WebhookConfiguration>(
  "NAME | WEBHOOKS | AGE",
  ({ metadata, webhooks = [] }, nowMs) => [
    metadata.name,
    webhooks.length,
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printSecret. */
export const secrets = kindPrinter<Secret>(
  "NAME | TYPE | DATA | AGE",
  ({ metadata, type = "", data = {} }, nowMs) => [
    metadata.name,
    type,
    Object.keys(data).length,
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printConfigMap. */
export const configMaps = kindPrinter<ConfigMap>(
  "NAME | DATA | AGE",
  ({ metadata, data = {}, binaryData = {} }, nowMs) => [
    metadata.name,
    Object.keys(data).length + Object.keys(binaryData).length,
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printServiceAccount. */
export const serviceAccounts = kindPrinter<policy.ServiceAccount>(
  "NAME | AGE",
  ({ metadata }, nowMs) => [metadata.name, age(metadata.creationTimestamp, nowMs)],
);

/** printPriorityClass. */
export const priorityClasses = kindPrinter<PriorityClass>(
  "NAME | VALUE | GLOBAL-DEFAULT | AGE | PREEMPTIONPOLICY",
  ({ metadata, value, globalDefault = false, preemptionPolicy = "" }, nowMs) => [
    metadata.name,
    value,
    globalDefault,
    age(metadata.creationTimestamp, nowMs),
    preemptionPolicy,
  ],
);

/** printRuntimeClass. */
export const runtimeClasses = kindPrinter<RuntimeClass>(
  "NAME | HANDLER | AGE",
  ({ metadata, handler }, nowMs) => [
    metadata.name,
    handler,
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printLease. */
export const leases = kindPrinter<policy.Lease>(
  "NAME | HOLDER | AGE",
  ({ metadata, spec }, nowMs) => [
    metadata.name,
    spec?.holderIdentity ?? "",
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printPodDisruptionBudget. */
export const podDisruptionBudgets = kindPrinter<policy.PodDisruptionBudget>(
  "NAME | MIN AVAILABLE | MAX UNAVAILABLE | ALLOWED DISRUPTIONS | AGE",
  ({ metadata, spec = {}, status = {} }, nowMs) => [
    metadata.name,
    String(spec.minAvailable ?? "N/A"),
    String(spec.maxUnavailable ?? "N/A"),
    status.disruptionsAllowed ?? 0,
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printResourceQuota: what is limited stands in a column of its own. */
export const resourceQuotas = kindPrinter<policy.ResourceQuota>(
  "NAME | REQUEST | LIMIT | AGE",
  ({ metadata, status = {} }, nowMs) => {
    const { hard = {}, used = {} } = status;
    const names = Object.keys(hard).toSorted();
    const listed = (isLimit: boolean) =>
      names
        .filter((name) => name.startsWith("limits.") === isLimit)
        .map((name) => `${name}: ${used[name] ?? "0"}/${hard[name] ?? "0"}`)
        .join(", ");
    return [metadata.name, listed(false), listed(true), age(metadata.creationTimestamp, nowMs)];
  },
);

/** printRoleBinding and printClusterRoleBinding. */
export const bindings = kindPrinter<policy.RoleBinding | policy.ClusterRoleBinding>(
  "NAME | ROLE | AGE | +USERS | +GROUPS | +SERVICEACCOUNTS",
  ({ metadata, roleRef, subjects = [] }, nowMs) => {
    const named = (kind: string) => subjects.filter((one) => one.kind === kind);
    return [
      metadata.name,
      `${roleRef?.kind ?? ""}/${roleRef?.name ?? ""}`,
      age(metadata.creationTimestamp, nowMs),
      ...["User", "Group"].map((kind) =>
        named(kind)
          .map(({ name }) => name)
          .join(", "),
      ),
      named("ServiceAccount")
        .map(({ namespace = "", name }) => `${namespace}/${name}`)
        .join(", "),
    ];
  },
);

/** A kind without columns of its own; apiserver/pkg/registry/rest/table.go. */
export const others = kindPrinter<KubeObject>("NAME | CREATED AT", ({ metadata }) => [
  metadata.name,
  metadata.creationTimestamp ?? "<unknown>",
]);

/** printEvent. */
export const events = kindPrinter<KubeEvent>(
  "LAST SEEN | TYPE | REASON | OBJECT | +SUBOBJECT | +SOURCE | MESSAGE | +FIRST SEEN | +COUNT | +NAME",
  (event, nowMs) => {
    const { metadata, involvedObject: about, series, message = "", type, reason = "" } = event;
    const { kind = "", name = "", fieldPath = "" } = about ?? {};
    const first = age(event.firstTimestamp ?? event.eventTime, nowMs);
    const latest = event.lastTimestamp ? age(event.lastTimestamp, nowMs) : first;
    const component = event.source?.component || event.reportingComponent || "";
    const instance = event.source?.host || event.reportingInstance || "";
    return [
      series === undefined ? latest : age(series.lastObservedTime, nowMs),
      type ?? "",
      reason,
      name === "" ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`,
      fieldPath,
      instance === "" ? component : `${component}, ${instance}`,
      message.trim(),
      first,
      series?.count ?? (event.count || 1),
      metadata.name,
    ];
  },
);
