import { authorize, unauthorized } from "../../../machines/apiserver/authorization.ts";
import type { RequestInfo } from "../../../machines/apiserver/request-info.ts";
import { authenticate, type Credential } from "../../../machines/apiserver/user-info.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, refuse } from "./call.ts";
import { authorizationObjects } from "./http.ts";
import { respond } from "./respond.ts";

/** The whole way of a call whose address nobody has to read. */
export function answerTo(context: ApiContext, call: ApiCall, credential: Credential): ApiAnswer {
  const authentication = authenticate(credential);
  if (authentication.by === "nobody") return refuse(unauthorized);
  const objects = authorizationObjects(context.store);
  const decision = authorize(authentication.user, infoOf(call), objects);
  return "refusal" in decision ? refuse(decision.refusal) : respond(context, call);
}

/** What the authorizers look at. */
export function infoOf({
  verb,
  resource,
  subresource,
  namespace,
  name,
  options,
}: ApiCall): RequestInfo {
  const { fieldSelector } = options ?? {};
  return {
    isResourceRequest: true,
    path: "",
    verb,
    apiGroup: resource.group,
    apiVersion: resource.version,
    namespace: namespace ?? "",
    resource: resource.resource,
    subresource: subresource ?? "",
    name: name ?? "",
    query: fieldSelector === undefined ? {} : { fieldSelector },
  };
}
