import { isWhole } from "../../../machines/api/objects.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, refuse } from "./call.ts";
import { known, notFound } from "./read.ts";

/** POST of a service account's token: a request says itself which account sends it. */
export function requestToken(context: ApiContext, call: ApiCall): ApiAnswer {
  const account = known(context, call);
  if (!isWhole(account, "ServiceAccount")) return refuse(notFound(call), "persistence");
  const message = "tokens are not issued here: a request says itself which account sends it";
  return refuse({ code: 501, reason: "NotImplemented", message }, "dispatch");
}
