/** The version is one of a group of Kubernetes' own. client-go/kubernetes/scheme */
export function isBuiltIn(apiVersion: unknown): boolean {
  if (typeof apiVersion !== "string") return false;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return builtInGroups.includes(group);
}

const suffixed =
  "admissionregistration authentication authorization certificates coordination discovery events " +
  "flowcontrol.apiserver internal.apiserver networking node rbac.authorization resource " +
  "scheduling storage storagemigration";

const builtInGroups: readonly string[] = [
  "",
  "apps",
  "autoscaling",
  "batch",
  "extensions",
  "policy",
  ...suffixed.split(" ").map((group) => `${group}.k8s.io`),
];
