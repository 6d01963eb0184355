import { isWhole } from "../../machines/api/objects.ts";
import { formatTime } from "../../machines/api/time.ts";
import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import { admin, type Credential } from "../../machines/apiserver/user-info.ts";
import { assert } from "../../machines/assert.ts";
import type { KubectlAnswer, KubectlRequest } from "../../machines/kubectl/cmd/invocation.ts";
import { kubectl } from "../../machines/kubectl/cmd/kubectl.ts";
import { rolloutStatus } from "../../machines/kubectl/rollout-status.ts";
import { parseDuration } from "../../machines/api/go-duration.ts";
import { flagOf, type KubectlCommand } from "../manifest/scenario/kubectl.ts";
import { apiContextOf } from "../system/api-context.ts";
import { handle } from "../system/api/http.ts";
import type { Handler, HandlerContext } from "../system/composition.ts";
import type { KubeWorld } from "../system/world.ts";
import { drain } from "./kubectl-drain.ts";

type Context = HandlerContext<KubeWorld>;

/** A line that kubectl itself takes apart. */
export interface TypedLine {
  readonly words: readonly string[];
  readonly credential: Credential;
}

/** `kubectl rollout status`, which looks again until the rollout is over. */
export interface WatchedRollout {
  readonly kind: string;
  readonly key: string;
  readonly revision: number;
  readonly isWatched: boolean;
  /** Virtual ms; undefined: it waits for ever. */
  readonly untilMs?: number | undefined;
  /** What it has said last. */
  readonly said: string;
}

/** The program on a user's machine: what it does takes time, and it is told what was refused. */
export const kubectlProgram: Handler<KubeWorld> = (context) => {
  switch (context.event.type) {
    case "drain.begun":
    case "drain.due":
      return drain(context);
    case "line.typed":
      return typed(context);
    case "rollout.watched":
      return watchRollout(context);
    default:
      // Nothing follows from what a user is told.
      return;
  }
};

function typed(context: Context): void {
  const { send, self } = context;
  const { words = [], credential = admin }: Partial<TypedLine> = { ...context.detail };
  const { exitCode, stdout, stderr } = kubectl(words, {
    ask: (request) => answered(context, request, credential),
    file: () => undefined,
    documents: () => [],
    unknownField: () => undefined,
    now: formatTime(context.world.epochMs + context.now),
    stdin: "",
    namespace: "default",
    contexts: [],
    kubeconfig: "",
  });
  const type = exitCode === 0 ? "kubectl.said" : "request.refused";
  const said = `${stdout}${stderr}`.trimEnd();
  send({ to: self, event: { type }, detail: { said, request: "request.typed" } });
}

function answered(
  { world, now }: Context,
  { method, path, body, contentType }: KubectlRequest,
  credential: Credential,
): KubectlAnswer {
  const { webhooks } = world;
  const context = { ...apiContextOf(world, now), ...(webhooks && { webhooks }) };
  const request = { method, path, body, contentType, credential };
  const answer = handle(context, request);
  return "refused" in answer ? { refused: answer.refused } : { object: answer.object };
}

/** What a line of `rollout status` waits for. */
export function rolloutsOf(command: KubectlCommand, sinceMs: number): readonly WatchedRollout[] {
  const timeoutMs = parseDuration(flagOf(command, "timeout") ?? "0s") ?? 0;
  const namespace = flagOf(command, "namespace") ?? "default";
  return command.targets.flatMap(({ kind, names }) => {
    return names.map((name) => ({
      kind,
      key: `${namespace}/${name}`,
      revision: Number(flagOf(command, "revision") ?? 0),
      isWatched: flagOf(command, "watch") !== "false",
      untilMs: timeoutMs === 0 ? undefined : sinceMs + timeoutMs,
      said: "",
    }));
  });
}

/** kubectl/pkg/cmd/rollout/rollout_status.go; it says what is new to say. */
function watchRollout({ world, now, detail, send, self }: Context): void {
  const { rollout }: { readonly rollout?: WatchedRollout } = { ...detail };
  assert(rollout !== undefined, "a rollout travels beside its event");
  const { kind, key, revision, isWatched, untilMs, said } = rollout;
  const refuse = (told: object) => {
    send({ to: self, event: { type: "request.refused" }, detail: { ...told, request: "rollout" } });
  };
  const object = world.store.get(kind, key);
  const name = key.slice(key.indexOf("/") + 1);
  const plural = resourceOfKind(kind);
  if (object === undefined) {
    const what = plural === undefined ? kind : `${plural.resource}.${plural.group}`;
    return refuse({
      said: `Error from server (NotFound): ${what} ${JSON.stringify(name)} not found`,
    });
  }
  const isViewed =
    isWhole(object, "Deployment") || isWhole(object, "DaemonSet") || isWhole(object, "StatefulSet");
  if (!isViewed) return refuse({ error: `no status viewer has been implemented for ${kind}` });
  const { message, done, error } = rolloutStatus(object, revision);
  if (error !== null) return refuse({ error });
  if (message !== said) {
    send({ to: self, event: { type: "kubectl.said" }, detail: { said: message.trimEnd() } });
  }
  if (done || !isWatched) return;
  if (untilMs !== undefined && now >= untilMs) {
    return refuse({ error: "timed out waiting for the condition" });
  }
  const left = untilMs === undefined ? lookMs : Math.min(lookMs, untilMs - now);
  const again = { rollout: { ...rollout, said: message } };
  send({ to: self, event: { type: "rollout.watched" }, detail: again, delayMs: left });
}

/** A watch tells at once; here it is looked after so often. */
const lookMs = 100;
