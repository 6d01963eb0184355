import type { Node } from "../../../machines/api/node.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { parseTime } from "../../../machines/api/time.ts";
import { gc, type Quarantined } from "../../../machines/controllers/pod-gc/gc.ts";
import type { ApiAnswer, ApiRequest } from "../../../machines/controllers/sync.ts";
import { runScripted, statusOf } from "../../support/scripted-sync.ts";

interface Input {
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly nodesOnlyInAPI?: readonly Node[];
  readonly terminatedPodThreshold: number;
  readonly now: string;
  readonly passes: number;
  readonly passEverySeconds: number;
  readonly quarantineSeconds: number;
}

export function run(input: Input): unknown {
  const { terminatedPodThreshold, quarantineSeconds, nodes } = input;
  let quarantine: readonly Quarantined[] = [];
  let { pods } = input;
  const passes = Array.from({ length: input.passes }, (_, index) => {
    const t = index * input.passEverySeconds;
    const nowMs = parseTime(input.now) + t * 1_000;
    const seen = { pods, nodes, quarantine, nowMs };
    const view = { ...seen, terminatedPodThreshold, quarantineMs: quarantineSeconds * 1_000 };
    const ran = runScripted(gc(view), (request) => answer(request, input));
    quarantine = ran.result;
    const deleted = new Set(
      ran.requests.flatMap(({ verb, name }) => (verb === "delete" ? name : [])),
    );
    pods = pods.filter(({ metadata }) => !deleted.has(metadata.name));
    return { t, actionsByPod: byPod(ran.actions) };
  });
  return { passes };
}

function answer({ verb, name = "" }: ApiRequest, { nodes, nodesOnlyInAPI = [] }: Input): ApiAnswer {
  if (verb !== "get") return {};
  const known = [...nodes, ...nodesOnlyInAPI].some(({ metadata }) => metadata.name === name);
  if (known) return {};
  return { error: statusOf({ kind: "notFound", message: `nodes "${name}" not found` }) };
}

function byPod(actions: readonly object[]): Readonly<Record<string, readonly object[]>> {
  const grouped: Record<string, object[]> = {};
  for (const action of actions) {
    const name = "name" in action ? String(action.name) : "";
    grouped[name] = [...(grouped[name] ?? []), action];
  }
  return grouped;
}
