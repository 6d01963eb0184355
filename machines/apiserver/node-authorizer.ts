import type { Pod } from "../api/pod.ts";
import type { PolicyRule } from "../api/policy-objects.ts";
import type { Decision } from "./rbac.ts";
import { ruleAllows } from "./rbac.ts";
import type { RequestInfo } from "./request-info.ts";
import type { UserInfo } from "./user-info.ts";

/**
 * What a node's kubelet may do: read what its own pods need, and report itself and them. Undefined
 * for everybody else. plugin/pkg/auth/authorizer/node/node_authorizer.go Authorize
 *
 * @param pods those that are bound to the node
 */
export function authorizeNode(
  user: UserInfo,
  info: RequestInfo,
  pods: (node: string) => readonly Pod[],
): Decision | undefined {
  if (!user.groups.includes("system:nodes") || !user.name.startsWith(prefix)) return undefined;
  const node = user.name.slice(prefix.length);
  const reason = info.isResourceRequest ? refusalOf(node, info, pods) : byRules(info);
  return { isAllowed: reason === undefined, reason: reason ?? "" };
}

const prefix = "system:node:";

function refusalOf(
  node: string,
  info: RequestInfo,
  pods: (node: string) => readonly Pod[],
): string | undefined {
  const isRelated = () => pods(node).some((pod) => needs(pod, info));
  switch (`${info.resource}.${info.apiGroup}`) {
    case "secrets.":
    case "configmaps.":
      return readRefusal(node, info, isRelated);
    case "persistentvolumeclaims.":
      return getRefusal(node, info, isRelated);
    case "serviceaccounts.":
      return tokenRefusal(node, info, isRelated);
    case "leases.coordination.k8s.io":
      return leaseRefusal(node, info);
    case "nodes.":
      return nodeRefusal(node, info);
    case "pods.":
      return podRefusal(node, info, isRelated);
    default:
      return byRules(info);
  }
}

function byRules(info: RequestInfo): string | undefined {
  return nodeRules.some((rule) => ruleAllows(info, rule)) ? undefined : "";
}

function unrelated(node: string): string {
  return `no relationship found between node '${node}' and this object`;
}

/** authorizeReadNamespacedObject */
function readRefusal(node: string, info: RequestInfo, isRelated: () => boolean) {
  if (!reads.includes(info.verb)) return "can only read resources of this type";
  if (info.subresource !== "") return "cannot read subresource";
  if (info.namespace === "") return "can only read namespaced object of this type";
  return namedRefusal(node, info, isRelated);
}

const reads = ["get", "list", "watch"];

function namedRefusal(node: string, { name }: RequestInfo, isRelated: () => boolean) {
  if (name === "") return "No Object name found";
  return isRelated() ? undefined : unrelated(node);
}

/** authorizeGet, authorizeStatusUpdate */
function getRefusal(node: string, info: RequestInfo, isRelated: () => boolean) {
  if (info.subresource === "status") {
    const isChange = info.verb === "update" || info.verb === "patch";
    return isChange ? namedRefusal(node, info, isRelated) : "can only get/update/patch this type";
  }
  if (info.verb !== "get") return "can only get individual resources of this type";
  return info.subresource === "" ? namedRefusal(node, info, isRelated) : "cannot get subresource";
}

/** authorizeServiceAccount */
function tokenRefusal(node: string, info: RequestInfo, isRelated: () => boolean) {
  if (info.verb === "get" && info.subresource === "") return readRefusal(node, info, isRelated);
  if (info.verb !== "create" || info.name === "") {
    return "can only create tokens for individual service accounts";
  }
  if (info.subresource !== "token") return "can only create token subresource of serviceaccount";
  return isRelated() ? undefined : unrelated(node);
}

/** authorizeLease */
function leaseRefusal(node: string, { verb, namespace, name }: RequestInfo): string | undefined {
  if (!["get", "create", "update", "patch", "delete"].includes(verb)) {
    return "can only get, create, update, patch, or delete a node lease";
  }
  if (namespace !== "kube-node-lease") {
    return 'can only access leases in the "kube-node-lease" system namespace';
  }
  if (verb === "create" || name === node) return undefined;
  return "can only access node lease with the same name as the requesting node";
}

/** authorizeNode */
function nodeRefusal(node: string, { subresource, verb, name }: RequestInfo): string | undefined {
  const isChange = verb === "update" || verb === "patch";
  if (subresource === "status") return isChange ? undefined : "";
  if (subresource !== "") return "";
  if (isChange || verb === "create") return undefined;
  if (!reads.includes(verb)) return "";
  if (name === node) return undefined;
  const what = name === "" ? "all nodes" : `'${name}'`;
  return `node '${node}' cannot read ${what}, only its own Node object`;
}

/** authorizePod */
function podRefusal(node: string, info: RequestInfo, isRelated: () => boolean): string | undefined {
  const { subresource, verb, name, query } = info;
  if (subresource === "status") return verb === "update" || verb === "patch" ? undefined : "";
  if (subresource === "eviction") return verb === "create" ? undefined : "";
  if (subresource !== "") return "";
  if (verb === "create" || verb === "delete") return undefined;
  if (verb === "get") return namedRefusal(node, info, isRelated);
  if (!reads.includes(verb)) return "";
  const terms = (query["fieldSelector"] ?? "").split(",");
  if (terms.includes(`spec.nodeName=${node}`)) return undefined;
  if (name !== "") return namedRefusal(node, info, isRelated);
  return "can only list/watch pods with spec.nodeName field selector";
}

/** Whether a pod cannot run without an object. plugin/pkg/auth/authorizer/node/graph.go AddPod */
function needs({ metadata, spec }: Pod, { resource, namespace, name }: RequestInfo): boolean {
  if ((metadata.namespace ?? "default") !== namespace) return false;
  if (resource === "pods") return metadata.name === name;
  if (resource === "serviceaccounts") return spec.serviceAccountName === name;
  return namesIn(spec, fieldsOf[resource] ?? []).has(name);
}

/** Under which fields a pod's spec names objects of a resource. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  secrets: ["secret", "secretRef", "secretKeyRef", "imagePullSecrets", "nodePublishSecretRef"],
  configmaps: ["configMap", "configMapRef", "configMapKeyRef"],
  persistentvolumeclaims: ["persistentVolumeClaim"],
};

function namesIn(value: unknown, fields: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (one: unknown, isMeant: boolean): void => {
    if (typeof one !== "object" || one === null) return;
    for (const [key, part] of Object.entries(one)) {
      if (isMeant && typeof part === "string" && nameFields.includes(key)) names.add(part);
      look(part, fields.includes(key) || (isMeant && Array.isArray(one)));
    }
  };
  look(value, false);
  return names;
}

const nameFields = ["name", "secretName", "claimName"];

/** plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go NodeRules: what nothing divides. */
const nodeRules: readonly PolicyRule[] = [
  { verbs: reads, apiGroups: [""], resources: ["services"] },
  { verbs: ["create", "update", "patch"], apiGroups: ["", "events.k8s.io"], resources: ["events"] },
  { verbs: ["get"], apiGroups: [""], resources: ["endpoints", "persistentvolumes"] },
  { verbs: reads, apiGroups: ["node.k8s.io"], resources: ["runtimeclasses"] },
  { verbs: reads, apiGroups: ["storage.k8s.io"], resources: ["csidrivers"] },
];
