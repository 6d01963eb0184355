import { describe, expect, it } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import { coverTransitions } from "../../src/testkit/cover.ts";
import { describeSystem } from "../../src/testkit/describe-system.ts";
import type { StateMeta } from "../../src/testkit/flat-machine.ts";
import { observePath } from "../../src/testkit/observing.ts";
import { Collected } from "../support/collected.ts";
import { smallSystems, systemOf } from "../support/systems.ts";

const deletions = smallSystems["a deletion at any moment"]?.() ?? systemOf("");
const { paths } = coverTransitions(deletions);

/** An informer's cache: pods by name. */
type Cache = Readonly<Record<string, Pod>>;

function isPod(object: { readonly kind: string }): object is Pod {
  return object.kind === "Pod";
}

function reduced(cache: Cache, { changed, deleted }: StateMeta): Cache {
  const kept = Object.entries(cache).filter(([name]) => !deleted.includes(`Pod default/${name}`));
  const written = changed.filter(isPod).map((pod) => [pod.metadata.name, pod] as const);
  return Object.fromEntries([...kept, ...written]);
}

function isDeleting(cache: Cache, name: string): boolean {
  return cache[name]?.metadata.deletionTimestamp !== undefined;
}

describe("a subject that observes", () => {
  it("is made anew for each path, hears of each state, and is asked for each pod", async () => {
    let made = 0;
    const caches: Cache[] = [];
    for (const path of paths) {
      await observePath(path, {
        create: (): Cache => {
          made++;
          return {};
        },
        apply: (cache, state) => {
          const next = reduced(cache, state);
          expect(Object.values(next)).toEqual(state.objects.filter(isPod));
          caches.push(next);
          return next;
        },
        observe: ({ metadata: { name } }, cache) => ({ deleting: isDeleting(cache, name) }),
      });
    }
    expect(made).toBe(paths.length);
    expect(caches.some((cache) => isDeleting(cache, "web"))).toBe(true);
    expect(caches.at(-1)).toEqual({});
  });

  it("fails where it says something else than the object", async () => {
    const tests = new Collected();
    describeSystem(deletions, { observe: () => ({ deleting: false, terminal: false }) }, tests);
    expect(tests.names).toEqual([`small: ${paths.length} paths`]);
    const [said = ""] = await tests.failures();
    expect(said).toMatch(
      /web Terminating.*: default\/web: observe\(…\) says deleting false, and its object says true\n/,
    );
  });

  it("may spoil what it gets, and nobody else sees it", async () => {
    for (const path of paths) await observePath(path, { create: () => 0, observe: spoil });
    for (const path of paths) await observePath(path, { create: () => 0, observe: hasEnded });
  });

  it("that names no fact is told the nearest one", async () => {
    const said = Object.fromEntries([["redy", true]]);
    const [path] = paths;
    const run = path && observePath(path, { create: () => 0, observe: () => said });
    await expect(run).rejects.toThrow(/says "redy" of default\/web, which is no fact; .*"ready"/);
  });

  it("that never returns or throws is named", async () => {
    const [path] = paths;
    const late = path && observePath(path, { create: () => new Promise(() => undefined) }, 300);
    await expect(late).rejects.toThrow(/^create\(\) has not ended after 0\.3 s/);
    const thrown = path && observePath(path, { create: () => 0, apply: breaks }, 300);
    await expect(thrown).rejects.toThrow(/^step 0 of \d+, .*: no such field\n/);
  });

  it("that is none is refused before anything is explored", () => {
    const nothing = { observe: JSON.parse("null") };
    expect(() => describeSystem("pod", nothing, new Collected())).toThrow(
      /expected a subject with observe, with create and apply, or with reconcile and obligations/,
    );
  });
});

function breaks(): never {
  throw new Error("no such field");
}

function spoil(pod: { status?: object }): object {
  delete pod.status;
  return {};
}

function hasEnded({ status }: Pod) {
  return { terminal: status?.phase === "Failed" || status?.phase === "Succeeded" };
}
