import { describe, expect, it } from "vitest";

import { getTerminationMessage } from "../../../machines/kubelet/termination-message.ts";

const byLog = { terminationMessagePolicy: "FallbackToLogsOnError" } as const;
const lines = Array.from({ length: 90 }, (_, index) => `line ${index}\n`);

describe("getTerminationMessage", () => {
  it.each([
    ["says nothing of a silent process", {}, 1, {}, ""],
    ["repeats what is at the path", {}, 0, { message: "done" }, "done"],
    ["keeps to the path by default", {}, 1, { log: "why" }, ""],
    ["falls back to the log of a failed process", byLog, 1, { log: "why\n" }, "why\n"],
    ["does not read the log of a good one", byLog, 0, { log: "why\n" }, ""],
    ["prefers what is at the path", byLog, 1, { message: "that", log: "why\n" }, "that"],
    ["reads 80 lines of a log", byLog, 1, { log: lines.join("") }, lines.slice(-80).join("")],
    ["reads 2 KiB of a log", byLog, 1, { log: "x".repeat(3_000) }, "x".repeat(2_048)],
    ["reads the last 4 KiB at the path", {}, 1, { message: `${"x".repeat(5_000)}é` }, cut()],
  ])("%s", (_, container, exitCode, remains, expected) => {
    expect(getTerminationMessage(container, exitCode, remains)).toBe(expected);
  });
});

function cut(): string {
  return `${"x".repeat(4_094)}é`;
}
