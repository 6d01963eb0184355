import { methodNotAllowed } from "../../../machines/apiserver/api-status.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, refuse } from "./call.ts";
import { create } from "./create.ts";
import { remove, removeAll } from "./delete.ts";
import { bind, connect, evict } from "./pod-subresources.ts";
import { get, list } from "./read.ts";
import { scale } from "./scale.ts";
import { requestToken } from "./tokens.ts";
import { patch, update } from "./update.ts";
import { openWatch } from "./watch.ts";

/**
 * Answers one call of any verb about objects of any kind; what is refused has changed nothing.
 * apiserver/pkg/endpoints/installer.go
 */
export function respond(context: ApiContext, call: ApiCall): ApiAnswer {
  const { resource, subresource, verb } = call;
  if (subresource === undefined) return respondAbout(context, call);
  if (!resource.subresources.includes(subresource)) return refuse(noSuchPath, "dispatch");
  switch (subresource) {
    case "scale":
      return verb === "create" || verb.startsWith("delete")
        ? refuse(methodNotAllowed, "dispatch")
        : scale(context, call);
    case "binding":
      return verb === "create" ? bind(context, call) : refuse(methodNotAllowed, "dispatch");
    case "token":
      return verb === "create" ? requestToken(context, call) : refuse(methodNotAllowed, "dispatch");
    case "eviction":
      return verb === "create" ? evict(context, call) : refuse(methodNotAllowed, "dispatch");
    case "log":
      return verb === "get" ? connect(context, call) : refuse(methodNotAllowed, "dispatch");
    case "exec":
    case "attach":
      return verb === "create" || verb === "get"
        ? connect(context, call)
        : refuse(methodNotAllowed, "dispatch");
    default:
      return verb === "create" || verb.startsWith("delete")
        ? refuse(methodNotAllowed, "dispatch")
        : respondAbout(context, call);
  }
}

function respondAbout(context: ApiContext, call: ApiCall): ApiAnswer {
  switch (call.verb) {
    case "create":
      return call.name === undefined ? create(context, call) : refuse(methodNotAllowed, "dispatch");
    case "get":
      return get(context, call);
    case "list":
      return list(context, call);
    case "update":
      return update(context, call);
    case "patch":
      return patch(context, call);
    case "delete":
      return remove(context, call);
    case "deletecollection":
      return call.resource.kind === "Namespace"
        ? refuse(methodNotAllowed, "dispatch")
        : removeAll(context, call);
    case "watch":
      return watched(context, call);
  }
}

/** What a watch is told first; whoever goes on listening hears the store. */
function watched(context: ApiContext, call: ApiCall): ApiAnswer {
  const opened = openWatch(context, call);
  return "refused" in opened ? opened : { code: 200, object: { events: opened.events } };
}

/** NewGenericServerResponse: nothing is served there. */
export const noSuchPath = {
  code: 404,
  reason: "NotFound",
  message: "the server could not find the requested resource",
  details: {},
};
