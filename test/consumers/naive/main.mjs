// The naive explorer counts the same states and edges as the fast one, on larger systems than the
// tests have time for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { explore } from "../../../dist/src/explore/explorer.js";
import { readSystem } from "../../../dist/src/explore/system-file.js";
import { exploreNaively } from "../../../dist/test/support/naive-explorer.js";
import { smallSystems } from "../../../dist/test/support/systems.js";

/** With the fewest states that each of them has. */
const shipped = {
  "image-pull": 2_000,
  admission: 2_000,
  "pod-never": 2_000,
  "pod-memory-v1": 2_000,
  "pod-on-failure": 2_000,
  pod: 20_000,
  "pod-status": 20_000,
};

const small = [
  "a crash loop",
  "a deletion at any moment, in any order",
  "a record that is lost, in any order",
  "probes that may fail",
  "a Service whose pod comes and goes, in any order",
  "a node that is lost",
  "a pod whose node is tainted for a while",
  "a ReplicaSet that goes with its pods, in any order",
];

for (const name of small) compare(name, smallSystems[name]());
for (const [name, fewest] of Object.entries(shipped)) compare(name, shippedSystem(name), fewest);

function compare(name, system, fewest = 1_000) {
  const { states, edges, stoppedBy } = explore(system, { states: "all" });
  assert.equal(stoppedBy, undefined);
  assert.ok(states >= fewest, `${name} has ${states} states`);
  const started = performance.now();
  assert.deepEqual(exploreNaively(system), [states, edges], name);
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(`${name}: ${states} states, ${edges} edges, the same naively in ${seconds} s`);
}

function shippedSystem(name) {
  const file = new URL(`../../../machines/systems/${name}.yaml`, import.meta.url);
  const { system, issues } = readSystem(`${name}.yaml`, readFileSync(file, "utf8"));
  assert.deepEqual(issues, []);
  return system;
}
