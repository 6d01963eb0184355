import { describe, expect, it } from "vitest";

import { runHook, sleepCutShort } from "../../../machines/kubelet/lifecycle-hook.ts";

const pod = { metadata: { name: "web", namespace: "default", uid: "uid-1" } };
const app = { name: "app" };
const place = 'Container "app" in Pod "web_default(uid-1)" failed - error:';

describe("runHook", () => {
  it("quotes what a failed command has written", () => {
    const answer = { durationMs: 5, error: "exit 3", output: 'oops "x"\n' };
    const result = runHook(pod, app, { exec: { command: ["sh", "-c", "exit 3"] } }, answer);
    expect(result).toEqual({
      error: "exit 3",
      message: `Exec lifecycle hook ([sh -c exit 3]) for ${place} exit 3, message: "oops \\"x\\"\\n"`,
      tookMs: 5,
    });
  });

  it("sends nothing to a port that the container does not have", () => {
    const result = runHook(pod, app, { httpGet: { path: "/x", port: "web" } }, { durationMs: 9 });
    const error = 'strconv.Atoi: parsing "web": invalid syntax';
    const message = `HTTP lifecycle hook (/x) for ${place} ${error}`;
    expect(result).toEqual({ error, message, tookMs: 0 });
  });

  it("sleeps as long as it says, unless the container ends before", () => {
    const sleep = { sleep: { seconds: 3 } };
    expect(runHook(pod, app, sleep, { durationMs: 0 })).toEqual({ message: "", tookMs: 3_000 });
    const cut = runHook(pod, app, sleep, { durationMs: 500, error: sleepCutShort });
    expect(cut.message).toBe(`Sleep lifecycle hook (3) for ${place} ${sleepCutShort}`);
    expect(cut.tookMs).toBe(500);
  });

  it("cannot run a handler of a kind that was never implemented", () => {
    const { message } = runHook(pod, app, { tcpSocket: { port: 80 } }, { durationMs: 0 });
    expect(message).toBe(
      "Cannot run handler: invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil," +
        "TCPSocket:&TCPSocketAction{Port:{0 80 },Host:,},Sleep:nil,}",
    );
  });
});
