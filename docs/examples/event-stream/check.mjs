import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";

import { readManifests, readScenario } from "kubechart";

import { serve } from "./serve.mjs";

const pod = "{ apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ name: app, image: web }] } }";
const crash = "{ apiVersion: kubechart/v1, kind: Scenario, environment: [{ process: { runs: 5s, exits: 1 } }] }";

test("a client of the watch sees a pod crash, start anew, and wait", async () => {
  const { objects } = readManifests([{ file: "web.yaml", text: pod }]);
  const { scenario } = readScenario("crash.yaml", crash);
  const server = serve({ objects, scenario, speed: 100, tickMs: 10 }).listen(0);
  await once(server, "listening");
  const response = await fetch(`http://localhost:${server.address().port}/watch`);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const reasons = new Set();
  const types = new Set();
  for await (const { event, data } of events(response.body)) {
    const { type, object } = JSON.parse(data);
    assert.equal(event, type);
    types.add(type);
    const [{ state = {} } = {}] = (object.kind === "Pod" && object.status?.containerStatuses) || [];
    reasons.add(state.waiting?.reason ?? state.terminated?.reason ?? Object.keys(state)[0]);
    if (reasons.has("CrashLoopBackOff")) break;
  }
  server.closeAllConnections();
  server.close();
  assert.deepEqual([...types].toSorted(), ["ADDED", "MODIFIED"]);
  assert.ok(["running", "Error", "CrashLoopBackOff"].every((reason) => reasons.has(reason)));
});

test("another path is not found", async () => {
  const { objects } = readManifests([{ file: "web.yaml", text: pod }]);
  const server = serve({ objects }).listen(0);
  await once(server, "listening");
  const { status } = await fetch(`http://localhost:${server.address().port}/`);
  server.close();
  assert.equal(status, 404);
});

/** Server-sent events of a stream. */
async function* events(body) {
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const parts = (text + chunk).split("\n\n");
    text = parts.pop();
    for (const part of parts) yield Object.fromEntries(part.split("\n").map((line) => line.split(/: (.*)/s)));
  }
}
