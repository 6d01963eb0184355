import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { isPod } from "../../machines/api/objects.ts";
import { chartFiles, nounOf } from "../../src/cli/chart-files.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { admissionNotes } from "../../src/trace/admission-notes.ts";
import { componentOf, RequestLog } from "../../src/trace/requests-text.ts";

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { automountServiceAccountToken: false, containers: [{ name: app, image: web }] }
`;
const steps = `
apiVersion: kubechart/v1
kind: Scenario
steps:
  - { atSeconds: 10, kubectl: cordon node-1 }
  - { atSeconds: 20, kubectl: cordon other }
  - { atSeconds: 30, kubectl: delete pod web --now }
`;

/** The lines about pods and nodes without their times. */
function told(): readonly string[] {
  const { objects, manifests } = readManifests([{ file: "web.yaml", text: pod }]);
  const { scenario } = readScenario("scenario.yaml", steps);
  if (scenario === undefined) throw new Error("the scenario is right");
  const cluster = Cluster.create({ objects, scenario });
  const written = manifests[0]?.manifest ?? {};
  const log = new RequestLog((one) => (isPod(one) ? admissionNotes(one, written) : []));
  cluster.observe((delivery) => log.delivered(delivery));
  cluster.watch((change) => log.changed(change));
  cluster.run(60_000);
  const lines = log.text().split("\n").slice(1);
  return lines
    .map((line) => line.slice(9).replaceAll(/ {2,}/g, "  "))
    .filter((line) => !line.includes("events"));
}

const machines = fileURLToPath(new URL("../../machines", import.meta.url));
const programs = [
  ["controllers", "kube-controller-manager"],
  ["kubelet", "kubelet"],
  ["scheduler", "kube-scheduler"],
] as const;

describe("the requests of a run", () => {
  it.each(programs)("are those of its program, as of each machine of %s", (folder, program) => {
    const ids = chartFiles([`${machines}/${folder}`]).map((file) => {
      return nounOf(file).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    });
    expect(ids.length).toBeGreaterThan(2);
    const asking = ids.filter((id) => id !== "controlPlaneComponent");
    expect(asking.filter((id) => componentOf(`${id}/default/web`) !== program)).toEqual([]);
  });

  it("tell who asked, what admission put in, the revision, and who was told", () => {
    const lines = told();
    expect(lines).toContain(
      "kubernetes-admin  create pods default/web  revision 2; ServiceAccount set serviceAccountName; Priority set priority, preemptionPolicy; DefaultTolerationSeconds set tolerations; told kube-scheduler",
    );
    expect(lines).toContain(
      "kube-scheduler  create pods/binding default/web  revision 9; told kube-scheduler, kubelet",
    );
    expect(lines.some((line) => line.startsWith("kubelet  patch pods/status default/web"))).toBe(
      true,
    );
  });

  it("tell where a request was refused, and which deletion was marked first", () => {
    const lines = told();
    expect(lines).toContain("kubernetes-admin  patch nodes other  refused at persistence");
    const ends = lines.filter((line) => /(patch|delete) pods default\/web/.test(line));
    expect(ends.map((line) => line.split("  ").slice(0, 2).join(" "))).toEqual([
      "kubernetes-admin patch pods default/web",
      "kubelet patch pods default/web",
      "kubelet delete pods default/web",
    ]);
  });
});
