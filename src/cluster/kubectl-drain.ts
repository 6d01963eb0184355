import { isNode, isPod } from "../../machines/api/objects.ts";
import { parseSelector } from "../../machines/api/parse-selector.ts";
import { parseDuration } from "../../machines/api/go-duration.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { requirementsMatch } from "../../machines/api/requirement-matches.ts";
import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import type { ApiStatus } from "../../machines/apiserver/api-status.ts";
import { admin, type Credential } from "../../machines/apiserver/user-info.ts";
import { assert } from "../../machines/assert.ts";
import {
  aggregated,
  type DrainApi,
  type DrainedPod,
  drainedPods,
  type DrainFlags,
  drainTurn,
  nextTurnMs,
} from "../../machines/kubectl/drain.ts";
import { drainProblems } from "../../machines/kubectl/drain-filters.ts";
import { flagOf, type KubectlCommand } from "../manifest/scenario/kubectl.ts";
import { apiContextOf } from "../system/api-context.ts";
import type { ApiCall } from "../system/api/call.ts";
import { answerTo } from "../system/api/calling.ts";
import type { HandlerContext } from "../system/composition.ts";
import type { KubeWorld } from "../system/world.ts";

type Context = HandlerContext<KubeWorld>;

/** A `kubectl drain` under way: all that it has to remember until something is due. */
export interface Drain extends DrainFlags {
  /** The node that is being drained first. */
  readonly nodes: readonly string[];
  readonly pods?: readonly DrainedPod[];
  readonly sinceMs?: number;
  readonly podSelector: string;
  readonly force: boolean;
  readonly ignoreDaemonSets: boolean;
  readonly deleteEmptyDirData: boolean;
  readonly credential: Credential;
  /** What it has said to standard error, and on which nodes it has failed why. */
  readonly told: readonly string[];
  readonly failed: Readonly<Record<string, readonly string[]>>;
}

/** The drain that a line asks for. */
export function drainOf(command: KubectlCommand, user: Credential | undefined): Drain {
  const isOn = (name: string): boolean => flagOf(command, name) === "true";
  return {
    nodes: command.targets.flatMap(({ names }) => names),
    podSelector: flagOf(command, "pod-selector") ?? "",
    force: isOn("force"),
    ignoreDaemonSets: isOn("ignore-daemonsets"),
    deleteEmptyDirData: isOn("delete-emptydir-data"),
    disableEviction: isOn("disable-eviction"),
    gracePeriodSeconds: Number(flagOf(command, "grace-period") ?? -1),
    timeoutMs: parseDuration(flagOf(command, "timeout") ?? "0s") ?? 0,
    credential: user ?? admin,
    told: [],
    failed: {},
  };
}

/** Goes on with a drain, as far as it comes at this moment. kubectl/pkg/cmd/drain RunDrain */
export function drain(context: Context): void {
  const { drain: begun }: { readonly drain?: Drain } = { ...context.detail };
  assert(begun !== undefined, "a drain travels beside its event");
  let under =
    begun.sinceMs === undefined && begun.pods === undefined ? cordoned(context, begun) : begun;
  while (under.nodes.length > 0) {
    const [node = "", ...others] = under.nodes;
    const known = under.pods === undefined ? listed(context, under, node) : under;
    const after = turn(context, known);
    const { pods = [], sinceMs = context.now } = after;
    const dueMs = nextTurnMs(pods, { flags: after, sinceMs });
    if (dueMs !== undefined) return later(context, after, dueMs);
    under = { ...ended(context, after, node), nodes: others };
  }
  end(context, under);
}

function later({ send, self, now }: Context, under: Drain, dueMs: number): void {
  const detail = { drain: under };
  send({ to: self, event: { type: "drain.due" }, detail, delayMs: Math.max(0, dueMs - now) });
}

function cordoned(context: Context, under: Drain): Drain {
  const refused = under.nodes.flatMap((name) => {
    const node = context.world.store.get("Node", name);
    if (node !== undefined && isNode(node) && node.spec?.unschedulable === true) {
      say(context, `node/${name} already cordoned`);
      return [];
    }
    const body = { spec: { unschedulable: true } };
    const options = { patchType: "strategic", fieldManager: "kubectl-drain" } as const;
    const status = asked(context, under, { verb: "patch", ...of("Node"), name, body, options });
    if (status !== undefined) return [{ name, status }];
    say(context, `node/${name} cordoned`);
    return [];
  });
  const [first] = refused;
  if (first === undefined) return under;
  tell(context, { status: first.status, name: first.name });
  return { ...under, nodes: [] };
}

/** GetPodsForDeletion; with one pod that may not go nothing goes. */
function listed(context: Context, under: Drain, node: string): Drain {
  const { going, errors, warnings } = problems(context, under, node);
  const told = warnings === "" ? under.told : [...under.told, `Warning: ${warnings}`];
  const base = { ...under, told, sinceMs: context.now };
  if (errors.length === 0) return { ...base, pods: drainedPods(going, context.now) };
  return { ...base, pods: [], failed: { ...under.failed, [node]: errors } };
}

function problems({ world }: Context, under: Drain, node: string) {
  const parsed = parseSelector(under.podSelector);
  const requirements = "error" in parsed ? [] : parsed.requirements;
  const pods = world.store.list("Pod").filter(isPod);
  const own = pods.filter(({ spec, metadata }) => {
    return spec.nodeName === node && requirementsMatch(requirements, metadata.labels);
  });
  const daemonSetError = ({ metadata: { namespace = "" } }: Pod, owner: string) => {
    const found = world.store.get("DaemonSet", `${namespace}/${owner}`);
    return found === undefined ? `daemonsets.apps ${JSON.stringify(owner)} not found` : undefined;
  };
  return drainProblems(own, { ...under, daemonSetError });
}

function turn(context: Context, under: Drain): Drain {
  const { pods = [], sinceMs = context.now } = under;
  const lines: string[] = [];
  const moment = { flags: under, sinceMs, nowMs: context.now };
  const after = drainTurn(pods, moment, apiOf(context, under, lines));
  return { ...under, pods: after, sinceMs, told: [...under.told, ...lines] };
}

function apiOf(context: Context, under: Drain, lines: string[]): DrainApi {
  return {
    evict: (pod, grace) => {
      const { namespace, name } = pod;
      const body = { metadata: { name, namespace }, deleteOptions: optionsOf(grace) };
      const call = { verb: "create", ...placeOf(pod), subresource: "eviction", body } as const;
      return asked(context, under, call);
    },
    remove: (pod, grace) => {
      return asked(context, under, { verb: "delete", ...placeOf(pod), options: optionsOf(grace) });
    },
    get: (namespace, name) => context.world.pod(`${namespace}/${name}`),
    say: (line) => say(context, line),
    warn: (line) => lines.push(line),
  };
}

function placeOf({
  namespace,
  name,
}: DrainedPod): Pick<ApiCall, "resource" | "namespace" | "name"> {
  return { ...of("Pod"), namespace, name };
}

function optionsOf(grace: number | null): { readonly gracePeriodSeconds?: number } {
  return grace === null ? {} : { gracePeriodSeconds: grace };
}

/** deleteOrEvictPodsSimple: what came of a node. */
function ended(context: Context, under: Drain, node: string): Drain {
  const { pods: _, sinceMs: __, ...others } = under;
  const errors = (under.pods ?? []).flatMap(({ error }) => error ?? []);
  const refused = under.failed[node] ?? [];
  if (errors.length === 0 && refused.length === 0) {
    say(context, `node/${node} drained`);
    return others;
  }
  const left = errors.length === 0 ? [] : problems(context, under, node).going;
  const why = aggregated([...refused, ...errors]);
  const pending = `There are pending pods in node ${JSON.stringify(node)} when an error occurred: ${why}`;
  const told = [
    ...under.told,
    ...(left.length > 0 ? [pending, ...left.map(({ metadata }) => `pod/${metadata.name}`)] : []),
    `error: unable to drain node ${JSON.stringify(node)} due to error: ${why}, continuing command...`,
  ];
  return { ...others, told, failed: { ...under.failed, [node]: [...refused, ...errors] } };
}

function end(context: Context, under: Drain): void {
  const nodes = Object.keys(under.failed);
  if (nodes.length === 0) return;
  const lists = Object.values(under.failed);
  const last = lists.length > 1 ? lists.map((errors) => aggregated(errors)) : (lists[0] ?? []);
  const pending = ["There are pending nodes to be drained:", ...nodes.map((name) => ` ${name}`)];
  const error = last.length === 1 && lists.length === 1 ? [`error: ${last[0]}`] : last;
  tell(context, { said: [...under.told, ...pending, ...error].join("\n") });
}

function say({ send, self }: Context, said: string): void {
  send({ to: self, event: { type: "kubectl.said" }, detail: { said } });
}

/** Whoever reads what came of the run is told. */
function tell({ send, self }: Context, detail: object): void {
  const told = { ...detail, request: "request.drain" };
  send({ to: self, event: { type: "request.refused" }, detail: told });
}

function of(kind: string): Pick<ApiCall, "resource"> {
  const resource = resourceOfKind(kind);
  assert(resource !== undefined, "Kubernetes has pods and nodes");
  return { resource };
}

function asked(
  { world, now }: Context,
  { credential }: Drain,
  call: ApiCall,
): ApiStatus | undefined {
  const { webhooks } = world;
  const context = { ...apiContextOf(world, now), ...(webhooks && { webhooks }) };
  const answer = answerTo(context, { call, credential });
  return "refused" in answer ? answer.refused : undefined;
}
