import type { AdmissionReview, WebhookAnswer } from "kubechart";

/** The webhook's program: pods of namespaces that ask for it get a proxy beside their containers. */
export function injector({ object, dryRun }: AdmissionReview): WebhookAnswer {
  const containers = containersIn(object);
  if (dryRun || containers.includes("proxy")) return { allowed: true };
  const proxy = { name: "proxy", image: "registry.example/proxy:1.0", imagePullPolicy: "Always" };
  return { allowed: true, patch: [{ op: "add", path: "/spec/containers/-", value: proxy }] };
}

/** Whom the API server asks, and about what. */
export const configuration = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingWebhookConfiguration",
  metadata: { name: "sidecar-injector" },
  webhooks: [
    {
      name: "sidecar.example.com",
      clientConfig: { service: { namespace: "kube-system", name: "sidecar-injector", path: "/" } },
      rules: [
        { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] },
      ],
      namespaceSelector: { matchLabels: { "sidecar-injection": "enabled" } },
      failurePolicy: "Fail",
      timeoutSeconds: 5,
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
    },
  ],
} as const;

function containersIn(object: object | undefined): readonly string[] {
  const spec: unknown = object !== undefined && "spec" in object ? object.spec : undefined;
  if (typeof spec !== "object" || spec === null || !("containers" in spec)) return [];
  const { containers } = spec;
  return Array.isArray(containers) ? containers.map((one: { name: string }) => one.name) : [];
}
