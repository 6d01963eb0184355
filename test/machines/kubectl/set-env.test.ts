import { describe, expect, it } from "vitest";

import { envPatch } from "../../../machines/kubectl/set-env.ts";

const valueFrom = { fieldRef: { fieldPath: "metadata.name" } };
const env = [
  { name: "A", value: "1" },
  { name: "B", valueFrom },
];

describe("kubectl set env", () => {
  it("adds, replaces and takes away in every container", () => {
    const containers = [{ name: "app", env }, { name: "side" }];
    expect(envPatch({ containers }, ["A-", "C=x=y"])).toEqual({
      containers: [
        {
          name: "app",
          env: [
            { name: "A", $patch: "delete" },
            { name: "C", value: "x=y" },
          ],
        },
        { name: "side", env: [{ name: "C", value: "x=y" }] },
      ],
    });
  });

  it("puts a value in the place of a source", () => {
    expect(envPatch({ containers: [{ name: "app", env }] }, ["B=2"])).toEqual({
      containers: [{ name: "app", env: [{ name: "B", value: "2", valueFrom: null }] }],
    });
  });

  it("sends nothing about what is not there", () => {
    expect(envPatch({ initContainers: [{ name: "first", env }] }, ["Z-"])).toEqual({});
  });
});
