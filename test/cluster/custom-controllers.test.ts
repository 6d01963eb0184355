import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { website } from "../../docs/examples/custom-controller/website.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { readSystem } from "../../src/explore/system-file.ts";
import { coverTransitions } from "../../src/explore/suite.ts";

const file = fileURLToPath(
  new URL("../../docs/examples/custom-controller/website.system.yaml", import.meta.url),
);
const { system: told, issues } = readSystem(file, readFileSync(file, "utf8"));
if (told === undefined) throw new Error(JSON.stringify(issues));
const system = { ...told, controllers: [website] };

describe("a controller of one's own", () => {
  it("makes what it owns, and tells of it", () => {
    const objects = told.objects.filter(({ kind }) => kind !== "ResourceQuota");
    const cluster = Cluster.create({ objects, controllers: [website] });
    cluster.run(60_000);
    const [site] = cluster.list("Website.example.com");
    expect(site).toMatchObject({ status: { available: 1 } });
    const [deployment] = cluster.list("Deployment");
    expect(deployment?.metadata.ownerReferences).toMatchObject([{ kind: "Website", name: "shop" }]);
  });

  it("backs off while a quota refuses, and goes on in a copy as in itself", () => {
    const cluster = Cluster.create({ objects: told.objects, controllers: [website] });
    cluster.run(5_000);
    expect(cluster.list("Deployment")).toEqual([]);
    const copy = cluster.fork();
    copy.delete("ResourceQuota", "default/none");
    copy.run(60_000);
    expect(copy.list("Deployment")).toHaveLength(1);
    expect(cluster.list("Deployment")).toEqual([]);
  });

  it("is explored and covered like those of Kubernetes", () => {
    const { coverage, paths } = coverTransitions(system);
    const own = coverage.machines.find(({ machine }) => machine === "website");
    expect(own).toMatchObject({ covered: 7, all: 7 });
    expect(paths.length).toBeGreaterThan(0);
  });
});
