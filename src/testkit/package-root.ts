import { existsSync } from "node:fs";

/** The folder of the package, found upwards: this file runs from `src`, `dist/src` and a bundle. */
export function packageRoot(from = new URL(".", import.meta.url)): URL {
  return existsSync(new URL("package.json", from)) ? from : packageRoot(new URL("..", from));
}
