import { array, assert, constantFrom, nat, oneof, property, record } from "fast-check";
import { expect, it } from "vitest";

import { ClientGoBackOff } from "../../support/client-go-back-off.ts";
import { RestartedPod } from "../../support/restarts.ts";

const moments = [10_000, 20_000, 300_000, 600_000].flatMap((ms) => [ms - 1, ms, ms + 1]);
const event = record({
  afterMs: oneof(constantFrom(0, 1_000, ...moments), nat({ max: 400_000 })),
  what: constantFrom("exit", "exit", "look", "look", "look", "failed start", "gc", "change"),
});
const bounds = constantFrom(
  { initialBackOffMs: 10_000, maximumBackOffMs: 300_000, forgettingMs: 600_000 },
  { initialBackOffMs: 1_000, maximumBackOffMs: 1_000, forgettingMs: 600_000 },
  { initialBackOffMs: 10_000, maximumBackOffMs: 11_000, forgettingMs: 22_000 },
);

type Happening = { readonly afterMs: number; readonly what: string };

/** What the machine and the arithmetic say at each look, and what they hold afterwards. */
function bothSay(backOff: ConstructorParameters<typeof ClientGoBackOff>[0], events: Happening[]) {
  const named = { container: "app", pod: { name: "web", namespace: "default", uid: "u" } };
  const pod = new RestartedPod({ restartPolicy: "Always", ...named, backOff });
  const expected = new ClientGoBackOff(backOff);
  let [nowMs, key, finishedMs]: [number, number, number | undefined] = [0, 0, undefined];
  let isRunning = false;
  return events.map(({ afterMs, what }) => {
    pod.advanceTo((nowMs += afterMs));
    const says: (readonly [unknown, unknown])[] = [];
    if (what === "exit" && isRunning) {
      pod.exit(1);
      [isRunning, finishedMs] = [false, nowMs];
    } else if (what === "gc") {
      pod.collect();
      expected.collect(nowMs);
    } else if (what === "change") pod.redefine({ image: `changed:${++key}` });
    else if (what !== "exit" && !isRunning) {
      const answer = what === "look" ? pod.look().answer?.type : pod.ask();
      const mayStart = expected.mayStart(String(key), finishedMs, nowMs);
      isRunning = what === "look" && mayStart;
      says.push([answer === "restart.allowed", mayStart]);
    }
    return [...says, [pod.entryMs, expected.get(String(key))] as const];
  });
}

it("delays restarts as client-go's Backoff would, whatever happens when", () => {
  assert(
    property(bounds, array(event, { maxLength: 40 }), (backOff, events) => {
      for (const [machine, arithmetic] of bothSay(backOff, events).flat()) {
        expect(machine).toBe(arithmetic);
      }
    }),
  );
});
