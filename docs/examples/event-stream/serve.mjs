import { createServer } from "node:http";

import { Cluster } from "kubechart";

/**
 * A server that owns a cluster, whose time goes on `speed` times as fast as ours. `GET /watch`
 * answers with server-sent events: all objects as ADDED, then every change.
 */
export function serve({ objects, scenario, speed = 1, tickMs = 100, untilMs = 600_000 }) {
  const cluster = Cluster.create({ objects, ...(scenario && { scenario }) });
  const listeners = new Set();
  cluster.watch(({ type, object }) => {
    for (const response of listeners) write(response, type, object);
  });
  const clock = setInterval(() => {
    const next = now + tickMs * speed;
    cluster.run(Math.min(next, untilMs));
    now = next;
    if (now >= untilMs) clearInterval(clock);
  }, tickMs);
  let now = 0;

  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/watch") {
      response.writeHead(404).end("GET /watch\n");
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    for (const kind of ["Node", "Pod", "Event"]) {
      for (const object of cluster.list(kind)) write(response, "ADDED", object);
    }
    listeners.add(response);
    request.once("close", () => listeners.delete(response));
  });
  server.once("close", () => clearInterval(clock));
  return server;
}

/** One server-sent event: its name is the type of the change, its data a watch event's JSON. */
function write(response, type, object) {
  response.write(`event: ${type}\ndata: ${JSON.stringify({ type, object })}\n\n`);
}
