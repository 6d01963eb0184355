import { existsSync, readFileSync } from "node:fs";

import { modelledKubernetes } from "../../machines/feature-gates.ts";

/** `kubechart 0.1.0, Kubernetes v1.35.4`. */
export function versionText(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(packageFile(), "utf8"));
  return `kubechart ${version}, Kubernetes ${modelledKubernetes}`;
}

/** Found upwards, because this file runs from `src` and from `dist/src`. */
function packageFile(from = new URL(".", import.meta.url)): URL {
  const file = new URL("package.json", from);
  return existsSync(file) ? file : packageFile(new URL("..", from));
}
