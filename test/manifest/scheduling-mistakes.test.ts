import { describe, expect, it } from "vitest";

import { readManifests } from "../../src/manifest/read.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

/** The mistakes of a pod with this spec besides its container, from line 4 on. */
function mistakes(spec: string, requests = "{ cpu: 1 }"): readonly string[] {
  const container = `{ name: app, image: app:1, resources: { requests: ${requests} } }`;
  const head = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }";
  const text = `${head}\nspec: { ${spec} containers: [${container}] }\n`;
  return readManifests([{ file: "a.yaml", text }]).issues.map(formatIssue);
}

const required = "requiredDuringSchedulingIgnoredDuringExecution";

describe("what nobody could schedule is refused in Kubernetes' words, with its place", () => {
  it.each([
    [
      "a toleration with an unknown operator",
      "tolerations: [{ key: a, operator: Near }],",
      'a.yaml:4:43: spec.tolerations[0].operator: expected one of "Equal", "Exists", got "Near"; Kubernetes says "Unsupported value"',
    ],
    [
      "node affinity with an unknown operator",
      `affinity: { nodeAffinity: { ${required}: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Near }] }] } } },`,
      'matchExpressions[0].operator: expected a valid value: not a valid selector operator, got "Near"; Kubernetes says "Invalid value"',
    ],
    [
      "pod affinity without a topology key",
      `affinity: { podAffinity: { ${required}: [{ labelSelector: {} }] } },`,
      `spec.affinity.podAffinity.${required}[0].topologyKey: expected a value: can not be empty`,
    ],
    [
      "a spread that allows no skew",
      "topologySpreadConstraints: [{ maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule }],",
      'spec.topologySpreadConstraints[0].maxSkew: expected a valid value: must be greater than zero, got 0; Kubernetes says "Invalid value"',
    ],
    [
      "a spread of an unknown kind",
      "topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Perhaps }],",
      'whenUnsatisfiable: expected one of "DoNotSchedule", "ScheduleAnyway", got "Perhaps"',
    ],
    [
      "a priority class that is not there",
      "priorityClassName: nobody,",
      "expected a pod that may be created: no PriorityClass with name nobody was found",
    ],
  ])("%s", (_, spec, words) => {
    expect(mistakes(spec).join("\n")).toContain(words);
  });

  it("a request that is negative", () => {
    expect(mistakes("", '{ cpu: "-1" }').join("\n")).toContain(
      'spec.containers[0].resources.requests[cpu]: expected a valid value: must be greater than or equal to 0, got "-1"; Kubernetes says "Invalid value"',
    );
  });
});
