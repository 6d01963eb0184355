import { describe, expect, it } from "vitest";

import { matchesRequiredNodeAffinity } from "../../../machines/api/node-affinity.ts";
import type {
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodSpec,
} from "../../../machines/api/pod.ts";

const node = { metadata: { name: "n1", labels: { zone: "a", rank: "7" } } };

function requiring(...matchExpressions: readonly NodeSelectorRequirement[]): Partial<PodSpec> {
  return required({ matchExpressions });
}

function required(...nodeSelectorTerms: readonly NodeSelectorTerm[]): Partial<PodSpec> {
  const requiredDuringSchedulingIgnoredDuringExecution = { nodeSelectorTerms };
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution } } };
}

function inZone(value: string): NodeSelectorTerm {
  return { matchExpressions: [{ key: "zone", operator: "In", values: [value] }] };
}

function named(operator: NodeSelectorRequirement["operator"]): NodeSelectorTerm {
  return { matchFields: [{ key: "metadata.name", operator, values: ["n1"] }] };
}

describe("matchesRequiredNodeAffinity", () => {
  it.each([
    ["zone", "In", ["a", "b"], true],
    ["zone", "In", ["b"], false],
    ["zone", "NotIn", ["b"], true],
    ["disk", "NotIn", ["ssd"], true],
    ["zone", "Exists", [], true],
    ["disk", "Exists", [], false],
    ["disk", "DoesNotExist", [], true],
    ["rank", "Gt", ["6"], true],
    ["rank", "Gt", ["7"], false],
    ["rank", "Lt", ["8"], true],
    ["zone", "Gt", ["1"], false],
    ["zone", "NotIn", [], false],
    ["rank", "Gt", ["six"], false],
    ["zone", "Exists", ["a"], false],
  ] as const)("%s %s %j matches: %s", (key, operator, values, matches) => {
    const spec = requiring({ key, operator, values });
    expect(matchesRequiredNodeAffinity(spec, node)).toBe(matches);
  });

  it("needs every label of the nodeSelector", () => {
    const nodeSelector = { zone: "a", rank: "8" };
    expect(matchesRequiredNodeAffinity({ nodeSelector }, node)).toBe(false);
    expect(matchesRequiredNodeAffinity({ nodeSelector: { zone: "a" } }, node)).toBe(true);
  });

  it("is content with one term, but not with an empty one", () => {
    expect(matchesRequiredNodeAffinity(required(inZone("b"), inZone("a")), node)).toBe(true);
    expect(matchesRequiredNodeAffinity(required({}), node)).toBe(false);
    expect(matchesRequiredNodeAffinity(required(), node)).toBe(false);
  });

  it("knows the node's name as a field", () => {
    expect(matchesRequiredNodeAffinity(required(named("In")), node)).toBe(true);
    expect(matchesRequiredNodeAffinity(required(named("NotIn")), node)).toBe(false);
    expect(matchesRequiredNodeAffinity(required(named("Exists")), node)).toBe(false);
  });
});
