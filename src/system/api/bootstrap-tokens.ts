import { decodeLatin1 } from "../../../machines/apiserver/base64.ts";
import type { UserInfo } from "../../../machines/apiserver/user-info.ts";
import { isWhole } from "../../../machines/api/objects.ts";
import { parseTime } from "../../../machines/api/time.ts";
import type { ApiContext } from "./call.ts";

/**
 * Whom a bootstrap token was given to: a Secret of kube-system has it.
 * plugin/pkg/auth/authenticator/token/bootstrap/bootstrap.go AuthenticateToken
 */
export function bootstrapTokens(
  { store, nowMs }: Pick<ApiContext, "store" | "nowMs">,
  token: string,
): Readonly<Record<string, UserInfo>> {
  const [, id = "", secret = ""] = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(token) ?? [];
  const object = store.get("Secret", `kube-system/bootstrap-token-${id}`);
  if (!isWhole(object, "Secret") || object.type !== "bootstrap.kubernetes.io/token") return {};
  const said = (name: string) => decodeLatin1(object.data?.[name] ?? "");
  const expiration = said("expiration");
  const isPast = expiration !== "" && parseTime(expiration) <= nowMs;
  const isMeant = said("token-id") === id && said("token-secret") === secret;
  const isGone = object.metadata.deletionTimestamp !== undefined || isPast;
  if (!isMeant || isGone || said("usage-bootstrap-authentication") !== "true") return {};
  const extra = said("auth-extra-groups")
    .split(",")
    .filter((group) => group !== "");
  const groups = ["system:bootstrappers", ...extra];
  return { [token]: { name: `system:bootstrap:${id}`, groups } };
}
