import type { KubeObject } from "../../../machines/api/meta.ts";
import { isNode } from "../../../machines/api/objects.ts";
import { formatTime } from "../../../machines/api/time.ts";
import type { ApiStatus } from "../../../machines/apiserver/api-status.ts";
import { tainted } from "../../../machines/kubectl/taint.ts";
import { type ApiCall, type ApiContext } from "./call.ts";
import { known } from "./read.ts";

/** What kubectl reads an object for before it sends a patch. */
export type Edit =
  | { readonly type: "taint"; readonly changes: readonly string[]; readonly overwrite: boolean }
  | { readonly type: "restart" };

/** The code of a refusal that no server has made. */
export const kubectlsOwn = 0;

/** The call with its body, or why kubectl sends none. */
export function editedCall(context: ApiContext, call: ApiCall, edit: Edit): ApiCall | ApiStatus {
  const object = known(context, call);
  if (object === undefined) return call;
  switch (edit.type) {
    case "restart":
      return { ...call, body: restarted(context) };
    case "taint": {
      const made = tainted(call.name ?? "", taintsOf(object), edit.changes, edit.overwrite);
      if ("error" in made) return { code: kubectlsOwn, message: made.error };
      return { ...call, body: { spec: { taints: made.taints } } };
    }
  }
}

function taintsOf(object: KubeObject) {
  return isNode(object) ? (object.spec?.taints ?? []) : [];
}

/** kubectl/pkg/polymorphichelpers/objectrestarter.go */
function restarted({ nowMs }: ApiContext): object {
  const annotations = { "kubectl.kubernetes.io/restartedAt": formatTime(nowMs) };
  return { spec: { template: { metadata: { annotations } } } };
}
