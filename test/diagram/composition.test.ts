import { expect, it } from "vitest";

import { composition } from "../../src/diagram/composition.ts";

it("a composition has one arrow from machine to machine, with all that is sent", () => {
  const tellings = [
    { from: "outside", to: "apiserver", event: "kubectl delete pod web" },
    { from: "podWorker/default/a", to: "podSync/default/a", event: "sync.requested" },
    { from: "podWorker/default/b", to: "podSync/default/b", event: "sync.cancelled" },
    { from: "podWorker/default/b", to: "podSync/default/b", event: "sync.requested" },
    { from: "podSync/default/a", to: "podSync/default/a", event: "after volumeTimeout" },
  ];
  expect(composition(tellings).split("\n")).toEqual([
    "flowchart LR",
    '  m1["outside"]',
    '  m2["apiserver"]',
    '  m3["podWorker"]',
    '  m4["podSync"]',
    '  m1 -- "kubectl delete pod web" --> m2',
    '  m3 -- "sync.requested<br/>sync.cancelled" --> m4',
    '  m4 -- "after volumeTimeout" --> m4',
  ]);
});
