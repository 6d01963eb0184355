import { spawn } from "node:child_process";

import { containerMachine, restartBackOffMachine } from "kubechart/machines";
import { createActor } from "xstate";

/** The kubelet's, in milliseconds. */
const kubelet = { initialBackOffMs: 10_000, maximumBackOffMs: 300_000, forgettingMs: 600_000 };

/**
 * Keeps a process running as a kubelet keeps a container: it starts anew at once, then after a
 * delay that doubles. `onStatus` hears what `kubectl get pods` would show.
 */
export function supervise(command, args, { onStatus = () => {}, askEveryMs = 1_000, ...times } = {}) {
  const container = createActor(containerMachine, { input: { hasInitContainers: false } });
  const backOff = createActor(restartBackOffMachine, { input: { ...kubelet, ...times } });
  let child;
  let asking;

  container.subscribe(({ value }) => onStatus(statusOf(value)));
  backOff.on("restart.allowed", start);
  backOff.on("restart.refused", () => {
    container.send({ type: "container.startRefused", reason: "CrashLoopBackOff", willRestart: true });
    asking = setTimeout(ask, askEveryMs);
  });
  container.start();
  backOff.start();
  start();

  function start() {
    container.send({ type: "container.created" });
    child = spawn(command, args, { stdio: "inherit" });
    child.once("spawn", () => container.send({ type: "container.started" }));
    child.once("error", () => ended({ type: "container.startFailed" }));
    child.once("exit", (code) => {
      ended({ type: "container.exited", cause: code === 0 ? "completed" : "error" });
    });
  }

  function ended(event) {
    container.send(event);
    backOff.send({ type: "container.exited" });
    ask();
  }

  function ask() {
    backOff.send({ type: "restart.requested", hasExited: true, isSameKey: true });
  }

  return {
    /** Of the process that runs now. */
    get pid() {
      return child.pid;
    },
    stop() {
      clearTimeout(asking);
      child.removeAllListeners();
      child.kill("SIGKILL");
      container.stop();
      backOff.stop();
    },
  };
}

/** `CrashLoopBackOff` of `{ Waiting: "CrashLoopBackOff" }`. */
function statusOf(value) {
  return typeof value === "string" ? value : Object.values(value)[0];
}
