import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { coverTransitions } from "../../src/testkit/cover.ts";
import type { StatelessReconciler } from "../../src/testkit/reconcile-loop.ts";
import { reconcilePath } from "../../src/testkit/reconciling.ts";
import type { ApiError, SimulatedApi } from "../../src/testkit/simulated-api.ts";
import { worldScript } from "../../src/explore/world-script.ts";
import { smallSystems, systemOf } from "../support/systems.ts";

const system = systemOf(
  "open:\n  deliveries: in order\n  environment: [{ process: [{}, { runs: 3s, exits: 1 }] }]\n" +
    "  steps: [{ kubectl: delete pod web }]\nbounds: { unusual: 1, restarts: 1, horizon: 2m }",
);
const { paths } = coverTransitions(system);
const failing = paths.find(({ life }) => worldScript(system, life).length === 2);

function live(subject: StatelessReconciler, timeoutMs = 1_000) {
  if (failing === undefined) throw new Error("a path has a crash and a deletion");
  return reconcilePath(system, failing, { create: () => undefined, ...subject }, timeoutMs);
}

const nothing = { reconcile: () => undefined, obligations: {} };

describe("what the world decides in a path", () => {
  it("is what is not as usual, and what users and faults do", () => {
    const told = paths.flatMap(({ life }) => worldScript(system, life));
    expect(new Set(told.map((one) => one.do))).toEqual(new Set(["answer", "step"]));
    expect(failing && worldScript(system, failing.life)).toMatchObject([
      { do: "answer", question: "process of pod/default/web container/app", nth: 0 },
      { do: "step", label: "kubectl delete pod web" },
    ]);
  });

  it.each([
    "probes that may fail",
    "a kubelet that stops",
    "two containers, in any order",
    "a deletion at any moment, in any order",
  ])("is all applied as long as the subject changes nothing: %s", async (name) => {
    const small = smallSystems[name]?.() ?? system;
    for (const path of coverTransitions(small).paths) {
      const subject = { create: () => undefined, ...nothing };
      const { skipped, writes } = await reconcilePath(small, path, subject, 1_000);
      expect([path.description, skipped, writes]).toEqual([path.description, 0, []]);
    }
  });

  it("is skipped and counted where it does not apply any more", async () => {
    expect(await live({ ...nothing, reconcile: deletes })).toEqual({
      skipped: 2,
      writes: ["0 s delete Pod default/web"],
    });
  });
});

describe("a reconciler", () => {
  it("is called until it writes nothing more, and its writes have consequences", async () => {
    const phases: unknown[] = [];
    const reconcile = (api: SimulatedApi): void => {
      const [mark] = api.list("ConfigMap");
      if (mark === undefined) api.create(configMap({ seen: "no" }));
      else if (phases.length === 0) api.patch("ConfigMap", "mark", { data: { seen: "yes" } });
      phases.push(mark === undefined ? undefined : JSON.parse(JSON.stringify(mark)).data.seen);
    };
    const { writes } = await live({ ...nothing, reconcile });
    expect(writes).toEqual(["0 s create ConfigMap default/mark"]);
    expect(phases.slice(0, 2)).toEqual([undefined, "no"]);
  });

  it("wakes up when it wants to, though nothing changes", async () => {
    const times: number[] = [];
    const reconcile = ({ nowMs }: SimulatedApi) => {
      times.push(nowMs);
      return nowMs < 90_000 ? { requeueAfterMs: 7_000 } : {};
    };
    await live({ ...nothing, reconcile });
    expect(times.at(-1)).toBeGreaterThanOrEqual(90_000);
  });

  it("that wakes up without end is told so, and 0 is no time", async () => {
    await expect(live({ ...nothing, reconcile: wakesSoon })).rejects.toThrow(
      /^a reconciler comes to an end, at .*: it was called 10000 times: wait longer/,
    );
    expect(await live({ ...nothing, reconcile: () => ({ requeueAfterMs: 0 }) })).toMatchObject({
      skipped: 0,
    });
  });

  it("is refused in Kubernetes' words, and asked again", async () => {
    const refusals: (readonly [string, number])[] = [];
    const refused = (act: () => unknown): void => {
      try {
        act();
      } catch (error) {
        const { reason, code }: ApiError = Object(error);
        refusals.push([reason, code]);
        throw error;
      }
    };
    const tries = [
      (api: SimulatedApi) => api.delete("Pod", "nobody"),
      (api: SimulatedApi) =>
        api.create({
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: "web", namespace: "default" },
          spec: { containers: [{ name: "a", image: "b" }] },
        }),
      (api: SimulatedApi) =>
        api.create({ apiVersion: "v1", kind: "Pod", metadata: { name: "X" }, spec: {} }),
    ];
    await live({ ...nothing, reconcile: (api) => refused(() => tries.shift()?.(api)) });
    expect(refusals).toEqual([
      ["NotFound", 404],
      ["AlreadyExists", 409],
      ["Invalid", 422],
    ]);
  });

  it("that throws or never returns fails the path, and is named", async () => {
    await expect(live({ ...nothing, reconcile: breaks })).rejects.toThrow(
      /^reconcile\(…\) throws nothing but what the API has answered, at 0\.0s: no such field\n/,
    );
    await expect(live({ ...nothing, reconcile: endless }, 300)).rejects.toThrow(
      /reconcile\(…\) has not ended after 0\.3 s/,
    );
  });
});

describe("an obligation that is broken", () => {
  it("is told with the fewest decisions that break it", async () => {
    const obligations = { "nobody deletes the pod": { always: isUnmarked } };
    await expect(live({ ...nothing, obligations })).rejects.toThrow(
      /^nobody deletes the pod, at .*\n.*\n.*\n.*decides\): kubectl delete pod web\n.*prefix: 1 of 2 choices/,
    );
  });

  it("may ask for the end alone", async () => {
    const obligations = { "a pod is left": { finally: hasPod } };
    await expect(live({ ...nothing, obligations })).rejects.toThrow(/does not hold in the end\n/);
  });

  it("that throws is told with what it threw", async () => {
    await expect(
      live({ ...nothing, obligations: { "it is so": { always: breaks } } }),
    ).rejects.toThrow(/^it is so, at 0\.0s: no such field\n/);
  });
});

function configMap(data: Readonly<Record<string, string>>): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mark" }, data };
}

function deletes(api: SimulatedApi): void {
  if (api.get("Pod", "web") !== undefined) api.delete("Pod", "web", { gracePeriodSeconds: 0 });
}

function breaks(): never {
  throw new Error("no such field");
}

function endless(): Promise<void> {
  return new Promise(() => undefined);
}

function isUnmarked(objects: readonly KubeObject[]): boolean {
  return !objects.some(({ metadata }) => metadata.deletionTimestamp !== undefined);
}

function hasPod(objects: readonly KubeObject[]): boolean {
  return objects.some(({ kind }) => kind === "Pod");
}

function wakesSoon() {
  return { requeueAfterMs: 0.001 };
}
