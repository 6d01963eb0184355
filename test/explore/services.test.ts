import { describe, expect, it } from "vitest";

import type { EndpointSlice } from "../../machines/api/network-objects.ts";
import { isPod, isWhole } from "../../machines/api/objects.ts";
import type { Cluster } from "../../src/cluster/cluster.ts";
import { networkRequest } from "../../src/cluster/network-request.ts";
import { Lives } from "../../src/explore/life.ts";
import { coverTransitions, type SuitePath } from "../../src/explore/suite.ts";
import type { ProxySnapshot } from "../../src/system/proxies-side.ts";
import { shippedSystem } from "../support/systems.ts";

const all = shippedSystem("service-endpoints");
const system = { ...all, bounds: { ...all.bounds, steps: 1 } };
const { paths } = coverTransitions(system);

/** What a request at some moment of a path came to. */
interface Seen {
  readonly reached: string;
  /** The addresses of the Service's endpoints, when the node's rules were synced last. */
  readonly atLastSync: readonly string[];
  readonly now: readonly string[];
}

function endpointsOf(cluster: Cluster): readonly string[] {
  const slices = cluster.list("EndpointSlice").filter((one) => isWhole(one, "EndpointSlice"));
  return addressesIn(slices);
}

function addressesIn(slices: readonly EndpointSlice[]): readonly string[] {
  return slices.flatMap(({ endpoints }) => (endpoints ?? []).flatMap((one) => one.addresses ?? []));
}

/** The address of the pod that answers, or nothing. */
function reachedIn({ system: { world, choices, now } }: Cluster): string {
  const answer = networkRequest({ world, choices, now }, "web:80", { node: "node-1" });
  const pod = answer.outcome === "answered" ? world.pod(answer.pod ?? "") : undefined;
  return pod !== undefined && isPod(pod) ? (pod.status?.podIP ?? "") : "";
}

/** A request after each of a path's moves; `change`: what is otherwise from the beginning on. */
function* seenOn({ moves }: SuitePath, change?: (cluster: Cluster) => void): Generator<Seen> {
  const lives = new Lives(system);
  let life = lives.begin();
  const { cluster } = life;
  change?.(cluster);
  let atLastSync: readonly string[] = [];
  cluster.observe(({ to, facts }) => {
    const hasSynced = facts.some(({ type }) => type === "rules.synced");
    if (to === "kubeProxy/node-1" && hasSynced) atLastSync = endpointsOf(cluster);
  });
  for (const move of moves) {
    ({ life } = lives.drive(life, move));
    yield { reached: reachedIn(cluster), atLastSync, now: endpointsOf(cluster) };
  }
}

function isWrong({ reached, atLastSync }: Seen): boolean {
  return reached !== "" && !atLastSync.includes(reached);
}

/** Rules keep the endpoints that there were once. */
function keepEndpoints({ system: { world } }: Cluster): void {
  const { proxies } = world;
  let kept: ProxySnapshot | undefined;
  const synced = proxies.synced.bind(proxies);
  proxies.synced = (node, look) => {
    const found = look();
    if (kept === undefined || addressesIn(found.slices).length > 0) kept = found;
    synced(node, () => kept ?? found);
  };
}

describe("a request to a Service, at any moment of any path", () => {
  const seen = paths.flatMap((path) => [...seenOn(path)]);

  it("never reaches a pod whose endpoint was removed before the rules were last synced", () => {
    expect(seen.filter(isWrong)).toEqual([]);
  });

  it("reaches pods, also some whose endpoints were removed since then", () => {
    const reached = seen.filter((one) => one.reached !== "");
    expect(reached.length).toBeGreaterThan(10);
    expect(reached.some((one) => !one.now.includes(one.reached))).toBe(true);
  });

  it("would reach others, too, if rules were made of old endpoints", () => {
    const wrong = paths.flatMap((path) => [...seenOn(path, keepEndpoints)]).filter(isWrong);
    expect(wrong.length).toBeGreaterThan(0);
  });
});
