import { fileURLToPath } from "node:url";

import { describeSystem } from "kubechart/vitest";

import { health } from "./health.ts";

const system = fileURLToPath(new URL("worker.system.yaml", import.meta.url));

describeSystem(system, { observe: health });
