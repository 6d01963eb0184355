import { describe, expect, it } from "vitest";
import { createActor, type EventFrom } from "xstate";

import { podWorkerMachine } from "../../../machines/kubelet/pod-worker.machine.ts";

type WorkerEvent = EventFrom<typeof podWorkerMachine>;

const added: WorkerEvent = {
  type: "pod.updated",
  isDeleted: false,
  isTerminal: false,
  isCacheTerminal: true,
  deletionGracePeriodSeconds: null,
};
const deleted: WorkerEvent = { ...added, isDeleted: true, deletionGracePeriodSeconds: 30 };
const synced: WorkerEvent = { type: "sync.ended", outcome: "success" };
const relisted: WorkerEvent = { type: "pleg.relisted" };
const stopFailed: WorkerEvent = { type: "termination.ended", outcome: "failed" };
const stopped: WorkerEvent = { type: "termination.ended", outcome: "stopped" };

/** What a worker says when it is told all this, one after the other. */
function saidTo(...told: readonly WorkerEvent[]): readonly string[] {
  const worker = createActor(podWorkerMachine, { input: { terminationGracePeriodSeconds: 30 } });
  const said: string[] = [];
  worker.on("*", ({ type }) => said.push(type));
  worker.start();
  for (const event of told) worker.send(event);
  return said.filter((type) => type !== "relist.awaited");
}

const [sync, stop] = ["sync.requested", "termination.requested"];

describe("a pod's worker", () => {
  it("syncs a pod when it is added, and when its work is due", () => {
    expect(saidTo(added, synced, relisted, { type: "work.due" })).toEqual([
      sync,
      "work.enqueued",
      sync,
    ]);
  });

  it.each<WorkerEvent>([
    { type: "pleg.changed" },
    { type: "probe.changed" },
    { type: "work.due" },
    { type: "deadline.observed", isPast: true },
    added,
  ])("syncs once more for $type that came during a sync", (event) => {
    expect(saidTo(added, event, synced, relisted)).toEqual([sync, sync]);
  });

  it.each<WorkerEvent>([{ type: "probe.changed" }, { type: "work.due" }, added])(
    "syncs once more for $type that came while it waited for the relist",
    (event) => {
      const waits = saidTo(added, { type: "work.due" }, synced, event, relisted, synced, relisted);
      expect(waits).toEqual([sync, sync, sync]);
    },
  );

  it("lets a sync end before it stops a deleted pod", () => {
    const events = saidTo(added, deleted, { type: "pleg.changed" }, synced, relisted);
    expect(events).toEqual([sync, "sync.cancelled", stop]);
  });

  it("stops a pod that is to be killed before its first sync", () => {
    expect(saidTo({ type: "kill.requested", gracePeriodSeconds: 1 })).toEqual([stop]);
  });

  it("tries a stop that has failed again when its work is due", () => {
    const events = saidTo(deleted, stopFailed, relisted, { type: "work.due" }, stopped, relisted);
    expect(events).toEqual([stop, "work.enqueued", stop, "cleanUp.requested"]);
  });

  it.each<WorkerEvent>([{ type: "pleg.changed" }, { type: "probe.changed" }, deleted])(
    "tries a stop that has failed again at once for $type that came meanwhile",
    (event) => {
      expect(saidTo(deleted, event, stopFailed, relisted)).toEqual([stop, "work.enqueued", stop]);
    },
  );

  it("never comes back from its end", () => {
    expect(saidTo(deleted, stopped, added, { type: "work.due" }, relisted, added)).toEqual([
      stop,
      "cleanUp.requested",
    ]);
  });
});
