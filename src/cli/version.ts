import { readFileSync } from "node:fs";

import { modelledKubernetes } from "../../machines/feature-gates.ts";
import { packageRoot } from "../testkit/package-root.ts";

/** `kubechart 0.1.0, Kubernetes v1.35.4`. */
export function versionText(): string {
  const file = new URL("package.json", packageRoot());
  const { version }: { version: string } = JSON.parse(readFileSync(file, "utf8"));
  return `kubechart ${version}, Kubernetes ${modelledKubernetes}`;
}
