import type { KubeObject } from "../../../machines/api/meta.ts";
import { isPod } from "../../../machines/api/objects.ts";
import type {
  ClusterRole,
  ClusterRoleBinding,
  Role,
  RoleBinding,
} from "../../../machines/api/policy-objects.ts";
import { fullAuthority } from "../../../machines/apiserver/rbac-escalation.ts";
import type { AuthorizationObjects } from "../../../machines/apiserver/authorization.ts";
import type { Store } from "../../store/store.ts";

/** What the authorizers look up, as it is stored now. */
export function authorizationObjects(store: Store): AuthorizationObjects {
  return {
    role: (namespace, name) => found<Role>(store.get("Role", `${namespace}/${name}`)),
    clusterRole: (name) => {
      const stored = found<ClusterRole>(store.get("ClusterRole", name));
      return stored ?? (name === "cluster-admin" ? clusterAdmin : undefined);
    },
    clusterRoles: () => store.list("ClusterRole").filter(isOf<ClusterRole>),
    roleBindings: (namespace) => {
      return store.select("RoleBinding", { namespace }).filter(isOf<RoleBinding>);
    },
    clusterRoleBindings: () => store.list("ClusterRoleBinding").filter(isOf<ClusterRoleBinding>),
    podsOf: (node) =>
      store
        .list("Pod")
        .filter(isPod)
        .filter(({ spec }) => spec.nodeName === node),
  };
}

function found<Kind extends KubeObject>(object: KubeObject | undefined): Kind | undefined {
  return object !== undefined && isOf<Kind>(object) ? object : undefined;
}

/** Trusts that the store has objects of a kind under its word. */
function isOf<Kind extends KubeObject>(object: KubeObject): object is Kind {
  return object.kind !== "";
}

/** Whoever is bound to it may do everything. plugin/pkg/auth/authorizer/rbac/bootstrappolicy */
const clusterAdmin: ClusterRole = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "cluster-admin" },
  rules: fullAuthority,
};
