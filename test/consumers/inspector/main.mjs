// Shows a cluster to Stately's own inspectors: over a socket, as Node does it, and from window to
// window in Chromium. What arrives are the charts, events and states of the cluster's actors.
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

import { createWebSocketInspector, createWebSocketReceiver } from "@statelyai/inspect";
import { createInspectorServer } from "@statelyai/inspect/server";
import { build } from "esbuild";

import { withPage } from "../browser.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { Cluster, readManifests, XStateHost } = await import(new URL("../../../dist/src/index.js", import.meta.url));
const text = "{ apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ name: app, image: web }] } }";
const mostDeferred = 100_000;
const waitMs = 20_000;

const inspector = `
import { createBrowserReceiver } from "@statelyai/inspect";
const told = [];
createBrowserReceiver().subscribe((message) => void told.push(message));
window.told = told;
`;
const app = `
import { createBrowserInspector } from "@statelyai/inspect";
import { Cluster, readManifests, XStateHost } from "./dist/src/index.js";
document.querySelector("button").addEventListener("click", () => {
  const { inspect } = createBrowserInspector({ url: "/inspector", maxDeferredEvents: ${mostDeferred} });
  const { objects } = readManifests([{ file: "web.yaml", text: ${JSON.stringify(text)} }]);
  Cluster.create({ objects, host: new XStateHost({ inspect }) }).run(60_000);
});
`;

await overSocket();
await withPage(betweenWindows);
process.exit();

/** The receiver is a client of the same server as the app, as Stately's page is. */
async function overSocket() {
  const port = await freePort();
  const server = createInspectorServer({ port, autoOpen: false });
  const url = `ws://localhost:${port}`;
  const socket = createWebSocketInspector({ url, maxDeferredEvents: mostDeferred });
  socket.actor("hello");
  const told = [];
  createWebSocketReceiver({ server: url }).subscribe((message) => void told.push(message));
  await until(() => told.length > 0, "Stately's server passes on a greeting");
  const { objects } = readManifests([{ file: "web.yaml", text }]);
  Cluster.create({ objects, host: new XStateHost({ inspect: socket.inspect }) }).run(60_000);
  await until(() => isWhole(told), "Stately's server passes on what a cluster does");
  console.log(`${told.length} messages over Stately's socket`);
  socket.stop();
  server.stop();
}

/** The app opens the inspector's window, which answers that it is there. */
async function betweenWindows(page) {
  const pages = new Map(await Promise.all([["/", app], ["/inspector", inspector]].map(bundled)));
  const server = createHttpServer(({ url }, response) => {
    const html = pages.get(url);
    response.writeHead(html === undefined ? 204 : 200, { "content-type": "text/html" }).end(html);
  });
  await new Promise((resolve) => void server.listen(0, resolve));
  try {
    await page.goto(`http://localhost:${server.address().port}/`);
    const opened = page.waitForEvent("popup", { timeout: waitMs });
    await page.getByRole("button").click();
    const popup = await opened;
    await popup.waitForFunction(isWhole, undefined, { timeout: waitMs });
    console.log(`${await popup.evaluate("told.length")} messages from window to window in Chromium`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** The container's chart, its start, and the phase to which it leads; also asked in a page. */
function isWhole(told = window.told) {
  const charts = told.filter(({ type, definition }) => type === "@xstate.actor" && definition !== undefined);
  const sessionOf = (id) => charts.find(({ definition }) => JSON.parse(definition).id === id)?.sessionId;
  const [container, podPhase] = ["container", "podPhase"].map(sessionOf);
  const isStarted = ({ type, sessionId, event }) =>
    type === "@xstate.event" && sessionId === container && event.type === "container.started";
  const runs = ({ type, sessionId, snapshot }) =>
    type === "@xstate.snapshot" && sessionId === podPhase && snapshot.value === "Running";
  return container !== undefined && told.some(isStarted) && told.some(runs);
}

async function bundled([url, contents]) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
  });
  const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
  return [url, `<!doctype html><title>${url}</title><button>Run</button><script type="module">${script}</script>`];
}

async function until(isSo, claim) {
  for (const end = Date.now() + waitMs; !isSo(); ) {
    if (Date.now() > end) throw new Error(`not within ${waitMs} ms: ${claim}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => void server.listen(0, resolve));
  const { port } = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return port;
}
