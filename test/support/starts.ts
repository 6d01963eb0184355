import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { clusterOf } from "./life.ts";
import type { Start } from "./tapped-runs.ts";

/** Every run of the project that has a scenario: its examples, scenarios and recorded lives. */
export function startsOf(root: string): ReadonlyMap<string, Start> {
  const starts = new Map<string, Start>();
  for (const folder of ["test/scenarios", "test/recordings"]) {
    for (const name of readdirSync(join(root, folder)).toSorted()) {
      const path = join(root, folder, name);
      if (!existsSync(join(path, "scenario.yaml"))) continue;
      starts.set(`${folder}/${name}`, () => clusterOf(path));
    }
  }
  const examples = join(root, "docs/examples");
  for (const scenario of readdirSync(examples).toSorted()) {
    const name = /^(.*)\.scenario\.yaml$/.exec(scenario)?.[1];
    if (name === undefined) continue;
    starts.set(name, () => clusterOf(examples, { manifest: `${name}.yaml`, scenario }));
  }
  return starts;
}
