// Packs kubechart, installs it with React and Vite in a project of its own, and runs there the examples
// that need a process, a server or a browser; and CommonJS gets at it, too.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { withPage } from "../browser.mjs";

const others = ["react@19", "react-dom@19", "@xstate/react@6", "xstate@5", "vite@7"];

const root = fileURLToPath(new URL("../../..", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "kubechart-examples-"));
const run = (command, args, cwd = project) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const inCommonJs = `
import("kubechart/machines").then(({ catalogue }) => import("kubechart").then(({ Cluster }) =>
  console.log(typeof require, Object.keys(catalogue).length > 20, typeof Cluster.create)));
`;

try {
  const packed = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], root));
  const [{ filename }] = Object.values(packed);
  writeFileSync(join(project, "package.json"), '{ "private": true }\n');
  run("npm", ["install", "--no-audit", "--no-fund", join(project, filename), ...others]);
  cpSync(join(project, "node_modules/kubechart/docs/examples"), join(project, "examples"), { recursive: true });

  writeFileSync(join(project, "main.cjs"), inCommonJs);
  const said = run(process.execPath, ["main.cjs"]).trim();
  if (said !== "function true function") throw new Error(`CommonJS printed ${said}`);

  for (const name of ["supervisor", "event-stream"]) {
    run(process.execPath, ["--test", join(project, "examples", name, "check.mjs")]);
  }

  const own = join(project, "examples/custom-controller");
  run(join(project, "node_modules/.bin/esbuild"), ["website.ts", "--format=esm", "--outfile=website.mjs"], own);
  run(process.execPath, ["--test", join(own, "check.mjs")]);

  const card = join(project, "examples/pod-card");
  run(join(project, "node_modules/.bin/vite"), ["build", card, "--logLevel", "error"]);
  await withPage((page) => lookAtCard(page, join(card, "dist")));
  console.log("a process is supervised, a watch is streamed, a controller of one's own is covered, a pod lives in React");
} finally {
  rmSync(project, { recursive: true, force: true });
}

async function lookAtCard(page, folder) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) return response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    const type = extname(file) === ".js" ? "text/javascript" : "text/html";
    return response.writeHead(200, { "content-type": type }).end(readFileSync(file));
  });
  await new Promise((resolve) => void server.listen(0, resolve));
  try {
    await page.goto(`http://localhost:${server.address().port}/?speed=50`);
    for (const status of ["Running", "CrashLoopBackOff"]) {
      await page.getByTestId("status").getByText(status).waitFor({ timeout: 20_000 });
    }
    await page.getByText(/^[1-9]\d* restarts$/).waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("heading", { name: "web" }).waitFor({ state: "detached", timeout: 20_000 });
  } catch (error) {
    return [error.message];
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return [];
}
