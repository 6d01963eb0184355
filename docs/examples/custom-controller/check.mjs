// website.mjs is what a compiler makes of website.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { coverTransitions, loadSystem } from "kubechart/test";

import { website } from "./website.mjs";

test("every branch of a Website's controller is taken", () => {
  const file = fileURLToPath(new URL("website.system.yaml", import.meta.url));
  const { coverage } = coverTransitions({ ...loadSystem(file), controllers: [website] });
  const { covered, all } = coverage.machines.find(({ machine }) => machine === "website");
  assert.deepEqual([covered, all], [7, 7]);
});
