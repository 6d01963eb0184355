import { quote } from "../../api/quote.ts";
import type { Described } from "./create-objects.ts";
import { failed, type Failure, isFailure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { resourceFor } from "./mapping.ts";

const group = "rbac.authorization.k8s.io";
const apiVersion = `${group}/v1`;

/** kubectl/pkg/cmd/create/create_role.go */
export function role(call: Invocation): Described {
  const verbs = verbsOf(call);
  if (verbs.length === 0) return failed("at least one verb must be specified");
  const resources = resourcesOf(call);
  if (isFailure(resources)) return resources;
  if (resources.length === 0) return failed("at least one resource must be specified");
  const mistake = namesMistake(call, verbs, resources);
  if (mistake !== undefined) return mistake;
  return { apiVersion, kind: "Role", rest: { rules: rulesOf(call, verbs, resources) } };
}

const nonResourceVerbs = ["*", "get", "post", "put", "delete", "patch", "head", "options"];

/** kubectl/pkg/cmd/create/create_clusterrole.go */
export function clusterRole(call: Invocation): Described {
  const kind = "ClusterRole";
  const [verbs, urls] = [verbsOf(call), call.list("non-resource-url")];
  const resources = resourcesOf(call);
  if (isFailure(resources)) return resources;
  if (call.flag("aggregation-rule") !== "") {
    const isAlone = urls.length + verbs.length + resources.length === 0;
    return isAlone
      ? { apiVersion, kind, rest: { aggregationRule: aggregation(call), rules: [] } }
      : failed(
          "aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames",
        );
  }
  if (verbs.length === 0) return failed("at least one verb must be specified");
  if (resources.length === 0 && urls.length === 0) {
    return failed("one of resource or nonResourceURL must be specified");
  }
  const mistake =
    resources.length > 0 ? namesMistake(call, verbs, resources) : urlMistake(verbs, urls);
  if (mistake !== undefined) return mistake;
  const rules = [
    ...(resources.length > 0 ? rulesOf(call, verbs, resources) : []),
    ...(urls.length > 0 ? [{ verbs, nonResourceURLs: urls }] : []),
  ];
  return { apiVersion, kind, rest: { rules } };
}

function urlMistake(verbs: readonly string[], urls: readonly string[]): Failure | undefined {
  const verb = verbs.find((one) => !nonResourceVerbs.includes(one));
  if (verb !== undefined) return failed(`invalid verb: '${verb}' for nonResourceURL`);
  for (const url of urls) {
    if (url === "*") continue;
    if (!url.startsWith("/")) return failed("nonResourceURL should start with /");
    if (url.slice(0, -1).includes("*")) {
      return failed("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
  }
  return undefined;
}

function aggregation(call: Invocation): object {
  const pairs = call
    .flag("aggregation-rule")
    .split(",")
    .map((one) => one.split("="));
  return { clusterRoleSelectors: [{ matchLabels: Object.fromEntries(pairs) }] };
}

function verbsOf(call: Invocation): readonly string[] {
  const verbs = call.list("verb").map((one) => one.trim());
  return verbs.includes("*") ? ["*"] : [...new Set(verbs)];
}

interface RuleResource {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

/** `deployments.apps/scale` */
function resourcesOf(call: Invocation): readonly RuleResource[] | Failure {
  const found: RuleResource[] = [];
  for (const word of call.list("resource")) {
    const slash = word.indexOf("/");
    const name = slash < 0 ? word : word.slice(0, slash);
    const dot = name.indexOf(".");
    const resource = dot < 0 ? name : name.slice(0, dot);
    if (resource === "*" && call.list("resource").length > 0 && slash < 0 && dot < 0) {
      return [{ group: "", resource: "*", subresource: "" }];
    }
    found.push({
      resource,
      group: dot < 0 ? "" : name.slice(dot + 1),
      subresource: slash < 0 ? "" : word.slice(slash + 1),
    });
  }
  return found;
}

function namesMistake(
  call: Invocation,
  verbs: readonly string[],
  resources: readonly RuleResource[],
): Failure | undefined {
  if (resources.some(({ resource }) => resource === "")) {
    return failed("resource must be specified if apiGroup/subresource specified");
  }
  const strange = verbs.filter((one) => !resourceVerbs.includes(one));
  for (const verb of strange) call.warn(`Warning: '${verb}' is not a standard resource verb`);
  const unknown = resources.find(({ resource, group: own }) => {
    return (
      resource !== "*" && resourceFor(own === "" ? resource : `${resource}.${own}`) === undefined
    );
  });
  if (unknown === undefined) return undefined;
  const where = unknown.group === "" ? "" : ` in group ${quote(unknown.group)}`;
  return {
    fails: { plain: `the server doesn't have a resource type ${quote(unknown.resource)}${where}` },
  };
}

const resourceVerbs: readonly string[] = (
  "get list watch create update patch delete deletecollection use bind escalate impersonate " +
  "proxy approve sign *"
).split(" ");

function rulesOf(
  call: Invocation,
  verbs: readonly string[],
  resources: readonly RuleResource[],
): readonly object[] {
  const resourceNames = call.list("resource-name");
  const groups = new Map<string, string[]>();
  for (const { group: own, resource, subresource } of resources) {
    const found = resourceFor(own === "" ? resource : `${resource}.${own}`);
    const name = `${found?.resource ?? resource}${subresource === "" ? "" : `/${subresource}`}`;
    const key = found?.group ?? own;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups].map(([apiGroup, names]) => ({
    verbs,
    apiGroups: [apiGroup],
    resources: names,
    ...(resourceNames.length > 0 && { resourceNames }),
  }));
}

/** kubectl/pkg/cmd/create/create_rolebinding.go */
export function roleBinding(call: Invocation): Described {
  const [cluster, own] = [call.flag("clusterrole"), call.flag("role")];
  if ((cluster === "") === (own === "")) {
    return failed("exactly one of clusterrole or role must be specified");
  }
  const kind = cluster === "" ? "Role" : "ClusterRole";
  return binding(call, "RoleBinding", { kind, name: cluster === "" ? own : cluster });
}

/** kubectl/pkg/cmd/create/create_clusterrolebinding.go */
export function clusterRoleBinding(call: Invocation): Described {
  const name = call.flag("clusterrole");
  return binding(call, "ClusterRoleBinding", { kind: "ClusterRole", name });
}

function binding(
  call: Invocation,
  kind: string,
  ref: { readonly kind: string; readonly name: string },
): Described {
  const subjects = subjectsOf(call);
  if (isFailure(subjects)) return subjects;
  return { apiVersion, kind, rest: { roleRef: { apiGroup: group, ...ref }, subjects } };
}

export function subjectsOf(call: Invocation): readonly object[] | Failure {
  const accounts = call.list("serviceaccount");
  const wrong = accounts.find((one) => {
    const [namespace = "", name = "", ...more] = one.split(":");
    return namespace === "" || name === "" || more.length > 0;
  });
  if (wrong !== undefined) return failed("serviceaccount must be <namespace>:<name>");
  return [
    ...call.list("user").map((name) => ({ kind: "User", apiGroup: group, name })),
    ...call.list("group").map((name) => ({ kind: "Group", apiGroup: group, name })),
    ...accounts.map((one) => {
      const [namespace = "", name = ""] = one.split(":");
      return { kind: "ServiceAccount", namespace, name };
    }),
  ];
}
