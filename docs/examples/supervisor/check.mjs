import assert from "node:assert/strict";
import { once } from "node:events";
import { EventEmitter } from "node:events";
import { test } from "node:test";

import { supervise } from "./supervise.mjs";

const forever = ["-e", "setInterval(() => {}, 1000)"];
const times = { initialBackOffMs: 200, maximumBackOffMs: 400, askEveryMs: 5 };

test("a process that is killed starts at once, then waits longer each time", async () => {
  const heard = new EventEmitter();
  const starts = [];
  const statuses = [];
  const onStatus = (status) => {
    if (statuses.at(-1) === status) return;
    statuses.push(status);
    if (status === "Running") heard.emit("running", starts.push(performance.now()));
  };
  const supervised = supervise(process.execPath, forever, { ...times, onStatus });
  const pids = [];
  const waits = [];
  for (let nth = 0; nth < 4; nth++) {
    await once(heard, "running");
    pids.push(supervised.pid);
    if (nth === 3) break;
    const killedAt = performance.now();
    process.kill(supervised.pid, "SIGKILL");
    heard.once("running", () => waits.push(performance.now() - killedAt));
  }
  supervised.stop();
  assert.equal(new Set(pids).size, 4);
  assert.ok(statuses.includes("CrashLoopBackOff"), statuses.join(" "));
  assert.deepEqual(statuses.slice(0, 5), ["ContainerCreating", "created", "Running", "Error", "created"]);
  assert.ok(waits[1] >= 195, `the second restart came after ${waits[1]} ms`);
  assert.ok(waits[2] >= 395, `the third restart came after ${waits[2]} ms`);
});
