import { expect, it } from "vitest";

import { bundled, compositionOutline } from "../../src/diagram/composition.ts";
import { mermaid } from "../../src/diagram/mermaid.ts";
import { allStates } from "../../src/diagram/outline.ts";

const tellings = [
  { from: "outside", to: "apiserver", event: "kubectl delete pod web" },
  { from: "podWorker/default/a", to: "podSync/default/a", event: "sync.requested" },
  { from: "podWorker/default/b", to: "podTermination/default/b", event: "cleanUp.requested" },
  { from: "podWorker/default/b", to: "podSync/default/b", event: "sync.cancelled" },
  { from: "podWorker/default/b", to: "podSync/default/b", event: "sync.requested" },
  { from: "podSync/default/a", to: "podSync/default/a", event: "after volumeTimeout" },
];
const outline = compositionOutline(tellings, {
  id: "web",
  about: (name) => (name === "outside" ? "Users." : undefined),
});

it("a composition is an outline: a state for each machine, and each event once", () => {
  const [root, ...machines] = allStates(outline.root);
  expect([root?.path, root?.initial, root?.transitions]).toEqual(["", undefined, []]);
  const told = machines.map(({ path, description, transitions }) => [
    path,
    description,
    transitions.map(({ trigger, targets }) => [trigger, ...targets]),
  ]);
  expect(told).toEqual([
    ["outside", "Users.", [[on("kubectl delete pod web"), "apiserver"]]],
    ["apiserver", undefined, []],
    [
      "podWorker",
      undefined,
      [
        [on("sync.requested"), "podSync"],
        [on("sync.cancelled"), "podSync"],
        [on("cleanUp.requested"), "podTermination"],
      ],
    ],
    ["podSync", undefined, [[on("after volumeTimeout"), "podSync"]]],
    ["podTermination", undefined, []],
  ]);
});

it("where each arrow is a line, there is one from machine to machine, with all that is sent", () => {
  expect(
    mermaid(bundled(outline))
      .split("\n")
      .filter((line) => line.includes("-->")),
  ).toEqual([
    "  outside --> apiserver : kubectl delete pod web",
    "  podWorker --> podSync : sync.requested, sync.cancelled",
    "  podWorker --> podTermination : cleanUp.requested",
    "  podSync --> podSync : after volumeTimeout",
  ]);
});

function on(event: string): object {
  return { kind: "on", event };
}
