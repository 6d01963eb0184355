import { generateMachines } from "./generate.ts";

// Its own entry, which imports no machine: a stale chart must not keep itself from being generated.
process.exitCode = generateMachines();
