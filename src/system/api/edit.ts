import type { KubeObject } from "../../../machines/api/meta.ts";
import { isNode, isPod, isWhole } from "../../../machines/api/objects.ts";
import { formatTime } from "../../../machines/api/time.ts";
import type { ApiStatus } from "../../../machines/apiserver/api-status.ts";
import { rollback } from "../../../machines/kubectl/rollback.ts";
import { type EnvHolder, envPatch } from "../../../machines/kubectl/set-env.ts";
import { tainted } from "../../../machines/kubectl/taint.ts";
import { type ApiCall, type ApiContext } from "./call.ts";
import { known } from "./read.ts";
import { scaleOf } from "./scale.ts";

/** What kubectl reads an object for before it sends a patch. */
export type Edit =
  | { readonly type: "taint"; readonly changes: readonly string[]; readonly overwrite: boolean }
  | { readonly type: "restart" }
  | { readonly type: "env"; readonly changes: readonly string[] }
  /** Only if there are to be as many as that now. */
  | { readonly type: "scale"; readonly replicas: number; readonly currentReplicas: number }
  /** 0: to the revision before the newest. */
  | { readonly type: "undo"; readonly toRevision: number };

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
    case "scale":
      return scaled(call, object, edit);
    case "env":
      return { ...call, body: withEnv(object, edit.changes) };
    case "undo":
      return undone(context, call, object, edit.toRevision);
  }
}

/** kubectl/pkg/scale ScaleSimple */
function scaled(
  call: ApiCall,
  object: KubeObject,
  { replicas, currentReplicas }: { readonly replicas: number; readonly currentReplicas: number },
): ApiCall | ApiStatus {
  const { spec } = scaleOf(object, call.resource.custom?.scale);
  if (spec.replicas === currentReplicas) return { ...call, body: { spec: { replicas } } };
  const message = `Expected replicas to be ${currentReplicas}, was ${spec.replicas}`;
  return { code: kubectlsOwn, message };
}

function taintsOf(object: KubeObject) {
  return isNode(object) ? (object.spec?.taints ?? []) : [];
}

/** What makes pods has their containers in a template. */
function withEnv(object: KubeObject, changes: readonly string[]): object {
  if (isPod(object)) return { spec: envPatch(object.spec, changes) };
  const spec = "spec" in object ? Object(object.spec) : {};
  const holder: EnvHolder = Object(spec.template?.spec);
  return { spec: { template: { spec: envPatch(holder, changes) } } };
}

/** kubectl/pkg/polymorphichelpers/rollback.go; what needs no change is patched with nothing. */
function undone(
  { store }: ApiContext,
  call: ApiCall,
  object: KubeObject,
  toRevision: number,
): ApiCall | ApiStatus {
  const { namespace } = object.metadata;
  if (!isWhole(object, "Deployment")) return call;
  const all = store.select("ReplicaSet", { namespace });
  const replicaSets = all.filter((one) => isWhole(one, "ReplicaSet"));
  const made = rollback(object, replicaSets, toRevision);
  if ("error" in made) return { code: kubectlsOwn, message: made.error };
  return { ...call, body: "patch" in made ? made.patch : [] };
}

/** kubectl/pkg/polymorphichelpers/objectrestarter.go */
function restarted({ nowMs }: ApiContext): object {
  const annotations = { "kubectl.kubernetes.io/restartedAt": formatTime(nowMs) };
  return { spec: { template: { metadata: { annotations } } } };
}
