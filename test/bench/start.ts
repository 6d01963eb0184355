import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Figure } from "./figure.ts";
import { fastestInTurnMs } from "./measure.ts";

/** `npm run bench` runs at the root of the project, with the built command in `dist/`. */
const main = join(process.cwd(), "dist/cli/main.js");

const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: web }] }
`;

/** How much longer than node itself the built command takes, from start to exit. */
export function start(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "kubechart-start-"));
  const file = join(folder, "pod.yaml");
  writeFileSync(file, pod);
  const commands = [
    ["-e", "0"],
    [main, "--help"],
    [main, "run", file],
  ];
  const [bareMs = 0, helpMs = 0, runMs = 0] = fastestInTurnMs(8, commands.map(startedWith));
  rmSync(folder, { recursive: true });
  return [
    { what: "node itself", value: bareMs, unit: "ms" },
    { what: "--help / node itself", value: helpMs / bareMs, unit: "×", bound: { atMost: 3 } },
    {
      what: "run of one pod / node itself",
      value: runMs / bareMs,
      unit: "×",
      bound: { atMost: 6 },
    },
  ];
}

function startedWith(args: readonly string[]): () => void {
  return () => {
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  };
}
