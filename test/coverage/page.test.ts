import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { everyVersionOf } from "../../machines/for-version.ts";
import { catalogue } from "../../machines/index.ts";
import { branchesOf } from "../../src/explore/universe.ts";

const root = new URL("../../", import.meta.url);
const page = readFileSync(fileURLToPath(new URL("docs/coverage.md", root)), "utf8");
const files = readdirSync(fileURLToPath(new URL("machines/systems", root)));

/** Cells of the rows of a section's table, or its list's items. */
function rowsOf(section: string): readonly (readonly string[])[] {
  const [, text = ""] = page.split(`## ${section}\n`);
  const [own = ""] = text.split("\n## ");
  const rows = own.split("\n").filter((line) => /^(\| `|- `)/.test(line));
  return rows.map((row) => row.split(/^- |\| ?/).map((cell) => cell.replaceAll("`", "").trim()));
}

const whole = Object.entries(catalogue).map(([id, one]) => [id, everyVersionOf(one)] as const);
const branches = branchesOf(new Map(whole));
const missing = rowsOf("Branches that no shipped system takes").map(([, item = ""]) => item);
const ofKubelet = (name: string): boolean =>
  !/^(scheduling|binding|request|leaderElection|controlPlane|serviceAccount|rootCA|resourceQuota|cloud|reconcileLoop|replicaSet|deployment|endpoint|node|taint|namespace|crdFinalizer|podGc|garbage|kubeProxy)/.test(
    name,
  );

describe("docs/coverage.md", () => {
  it("tells of every shipped system, and each search was exhausted", () => {
    const rows = rowsOf("Systems");
    const systems = files.toSorted().map((file) => file.replace(/\.yaml$/, ""));
    expect(rows.map(([, name]) => name)).toEqual(systems);
    expect(rows.map((row) => row.at(-2))).toEqual(systems.map(() => "exhausted"));
  });

  it("counts every branch of every chart", () => {
    const counted = rowsOf("Machines").map(([, machine, all]) => [machine, Number(all)]);
    const own = Object.keys(catalogue).map((machine) => {
      return [machine, branches.filter((one) => one.machine === machine).length];
    });
    expect(counted).toEqual(own);
  });

  it("says of at most 2 % of the kubelet's branches why no shipped system takes them", () => {
    const hidden = missing.filter(ofKubelet);
    expect(hidden.filter((item) => !/#\d+: \w/.test(item))).toEqual([]);
    const all = branches.filter(({ machine }) => ofKubelet(machine));
    expect(hidden.length / all.length).toBeLessThanOrEqual(0.02);
  });

  it("takes every branch of a request", () => {
    expect(missing.filter((item) => item.startsWith("request "))).toEqual([]);
  });

  it("has a way to everything that people look for", () => {
    const [, text = ""] = page.split("## Ways to what people look for\n");
    const [own = ""] = text.split("\n## ");
    expect(own.match(/\| none \|/g)).toBeNull();
  });
});
