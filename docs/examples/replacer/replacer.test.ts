import { fileURLToPath } from "node:url";

import { describeSystem } from "kubechart/vitest";

import { replacer } from "./replacer.ts";

const system = fileURLToPath(new URL("worker.system.yaml", import.meta.url));

describeSystem(system, replacer);
