/** Who asks; apiserver/pkg/authentication/user Info. */
export interface UserInfo {
  readonly name: string;
  readonly groups: readonly string[];
  readonly uid?: string;
}

/** What a request shows of who sent it. */
export type Credential =
  /** Of a client certificate: its common name and organizations. */
  | { readonly type: "certificate"; readonly name: string; readonly groups: readonly string[] }
  | { readonly type: "token"; readonly token: string }
  | { readonly type: "serviceAccount"; readonly namespace: string; readonly name: string }
  | { readonly type: "none" };

/** How a user became known. */
export type Authentication =
  | {
      readonly by: "certificate" | "token" | "serviceAccount" | "anonymous";
      readonly user: UserInfo;
    }
  | { readonly by: "nobody" };

const authenticated = "system:authenticated";

/**
 * The user behind a credential: of a certificate at once, of a token by whom it was given to; one
 * that nobody has been given is refused. apiserver/pkg/authentication/request/union
 */
export function authenticate(
  credential: Credential,
  tokens: Readonly<Record<string, UserInfo>> = {},
): Authentication {
  switch (credential.type) {
    case "certificate": {
      const { name, groups } = credential;
      return { by: "certificate", user: { name, groups: [...groups, authenticated] } };
    }
    case "serviceAccount": {
      return { by: "serviceAccount", user: serviceAccountUser(credential) };
    }
    case "token": {
      const user = Object.hasOwn(tokens, credential.token) ? tokens[credential.token] : undefined;
      if (user === undefined) return { by: "nobody" };
      return { by: "token", user: { ...user, groups: [...user.groups, authenticated] } };
    }
    case "none":
      return { by: "anonymous", user: anonymous };
  }
}

const anonymous: UserInfo = { name: "system:anonymous", groups: ["system:unauthenticated"] };

/** apiserver/pkg/authentication/serviceaccount MakeUsername, MakeGroupNames */
function serviceAccountUser(account: {
  readonly namespace: string;
  readonly name: string;
}): UserInfo {
  const { namespace, name } = account;
  const groups = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, authenticated];
  return { name: `system:serviceaccount:${namespace}:${name}`, groups };
}

/** Whoever set the cluster up: all is allowed to it. */
export const admin: Credential = {
  type: "certificate",
  name: "kubernetes-admin",
  groups: ["system:masters"],
};

/** The certificate of a node's kubelet. */
export function kubeletOf(node: string): Credential {
  return { type: "certificate", name: `system:node:${node}`, groups: ["system:nodes"] };
}

/** A component of the control plane, as `kube-scheduler`. */
export function component(name: string): Credential {
  return { type: "certificate", name: `system:${name}`, groups: [] };
}
