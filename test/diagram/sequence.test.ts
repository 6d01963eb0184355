import { expect, it } from "vitest";

import { mermaidSequence, outside, plantumlSequence } from "../../src/diagram/sequence.ts";

const messages = [
  { from: outside, to: "apiserver", text: "0.0s create; go", notes: [] },
  { from: "apiserver", to: "kubelet/n1", text: "1.0s pod.added", notes: ["it says: <hi>", "two"] },
];

it("a sequence for Mermaid names who takes part, and says what came of a message", () => {
  expect(mermaidSequence(messages).split("\n")).toEqual([
    "sequenceDiagram",
    "  actor p1 as outside",
    "  participant p2 as apiserver",
    "  participant p3 as kubelet/n1",
    "  p1->>p2: 0.0s create#59; go",
    "  p2->>p3: 1.0s pod.added",
    "  Note over p3: it says#58; #60;hi#62;<br/>two",
  ]);
});

it("a sequence for PlantUML has the same", () => {
  expect(plantumlSequence(messages).split("\n")).toEqual([
    "@startuml",
    'actor "outside" as p1',
    'participant "apiserver" as p2',
    'participant "kubelet/n1" as p3',
    "p1 ->> p2 : 0.0s create; go",
    "p2 ->> p3 : 1.0s pod.added",
    String.raw`note over p3 : it says<U+003A> <U+003C>hi<U+003E>\ntwo`,
    "@enduml",
    "",
  ]);
});
