import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { projectRoot } from "../support/fidelity.ts";
import type { Workload } from "./scheduler-workload.ts";

/** The real kube-scheduler on this machine, or why it is not here. */
export type KubeScheduler =
  | { readonly rate: (workload: Workload, nodes: number, pods: number) => number }
  | { readonly missing: string };

const version = "v1.35.4";

/** Builds it from the Go modules that lie on this machine; nothing is loaded from anywhere. */
export function kubeScheduler(): KubeScheduler {
  const found = go(["mod", "download", "-json", `k8s.io/kubernetes@${version}`], tmpdir());
  if (found.error !== undefined) return { missing: "there is no Go on this machine" };
  if (found.status !== 0) return { missing: `the module k8s.io/kubernetes ${version} is not here` };
  const { Dir: source }: { readonly Dir: string } = JSON.parse(found.stdout);
  const folder = mkdtempSync(join(tmpdir(), "kubechart-kube-scheduler-"));
  writeFileSync(join(folder, "go.mod"), moduleOf(readFileSync(join(source, "go.mod"), "utf8")));
  writeFileSync(join(folder, "go.sum"), readFileSync(join(source, "go.sum"), "utf8"));
  const program = new URL("test/bench/kube-scheduler/main.go", projectRoot());
  copyFileSync(program, join(folder, "main.go"));
  const built = go(["build", "-o", "kube-scheduler", "."], folder);
  if (built.status !== 0) return { missing: built.stderr.split("\n").slice(0, 3).join(" ") };
  return {
    rate: (workload, nodes, pods) => {
      const env = { ...process.env, GOMAXPROCS: "1" };
      const args = [String(nodes), String(pods), workload];
      const { stdout } = spawnSync(join(folder, "kube-scheduler"), args, { encoding: "utf8", env });
      const told: { readonly podsPerSecond: number } = JSON.parse(stdout);
      return told.podsPerSecond;
    },
  };
}

/** Kubernetes names its own parts without a version; each lies beside it as a module. */
function moduleOf(text: string): string {
  const staged = version.replace("v1.", "v0.");
  const parts = [...text.matchAll(/^require \((.*?)^\)/gms)].map(([, body = ""]) => body);
  const names = parts.flatMap((body) => [
    ...body.matchAll(/(k8s\.io\/[\w.-]+) v0\.0\.0(?![-\w])/g),
  ]);
  const own = [...new Set(names.map(([, name = ""]) => name))];
  const required = parts.map((body) => {
    return `require (${body.replaceAll(/(k8s\.io\/[\w.-]+) v0\.0\.0(?![-\w])/g, `$1 ${staged}`)})`;
  });
  return [
    "module bench",
    "",
    text.match(/^go .*$/m)?.[0] ?? "",
    ...required,
    `require k8s.io/kubernetes ${version}`,
    ...own.map((name) => `replace ${name} => ${name} ${staged}`),
    "",
  ].join("\n");
}

function go(args: readonly string[], cwd: string) {
  const env = {
    ...process.env,
    CGO_ENABLED: "0",
    GOFLAGS: "-mod=mod",
    GOPROXY: "off",
    GOSUMDB: "off",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
  };
  return spawnSync("go", args, { cwd, encoding: "utf8", env });
}
