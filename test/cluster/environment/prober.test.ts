import { describe, expect, it } from "vitest";

import type { Probe } from "../../../machines/api/pod.ts";
import type { ProberScenario } from "../../../src/cluster/environment/prober.ts";
import { proberOf } from "../../../src/cluster/environment/prober.ts";
import { createChoices } from "../../../src/choice/choices.ts";
import type { Message } from "../../../src/system/composition.ts";
import type { ProcessLife } from "../../../src/system/pod-side.ts";
import { buildContainer, buildPod } from "../../support/build.ts";
import { podKey, worldWith } from "../../support/pod-side.ts";

const process: ProcessLife = {
  exitsAtMs: null,
  exitCode: 0,
  startedAtMs: 1_000,
  run: 2,
  isRunning: true,
};

interface Asked {
  readonly probe?: Probe;
  readonly life?: ProcessLife;
  readonly says?: ReturnType<ProberScenario["probe"]>;
  readonly deletionTimestamp?: string;
}

/** One liveness probe at 5 s; the answer, and what keeps the run going. */
function ask({
  probe = { exec: { command: ["true"] } },
  life = process,
  says,
  ...metadata
}: Asked) {
  const built = buildPod("web", { containers: [buildContainer("app", { livenessProbe: probe })] });
  const pod = { ...built, metadata: { ...built.metadata, ...metadata } };
  const world = worldWith(pod, {});
  world.change(podKey(pod), { processes: { app: life } });
  const sent: Message[] = [];
  const asked: unknown[] = [];
  const scenario: ProberScenario = {
    probe: (about, kind, sinceStartMs) => {
      asked.push([about.run, kind, sinceStartMs]);
      return says;
    },
  };
  const subject = { pod: podKey(pod), container: "app", part: "liveness" };
  const actor = (machine: string) => ({ index: 0, address: machine, machine, subject });
  proberOf(scenario)({
    world,
    event: { type: "probe.run", kind: "liveness" },
    self: actor("prober"),
    from: actor("probe"),
    origin: undefined,
    detail: undefined,
    now: 5_000,
    seq: 1,
    choices: createChoices(),
    send: (message) => void sent.push(message),
    end: () => {},
  });
  const [answer, ...others] = sent;
  const { event, detail, delayMs } = answer ?? {};
  return { result: event?.["result"], output: detail?.["output"], delayMs, asked, others };
}

describe("proberOf", () => {
  it("lets a probe succeed at once when nobody says otherwise, and waits for nothing more", () => {
    const { result, delayMs, others } = ask({});
    expect({ result, delayMs, others }).toEqual({ result: "success", delayMs: 0, others: [] });
  });

  it("asks the scenario about the run, and how long it has lasted", () => {
    expect(ask({}).asked[0]).toEqual([2, "liveness", 4_000]);
  });

  it("fails with what the scenario says, and keeps the run going for a period", () => {
    const says = { result: "failure", output: "no file", takesMs: 300 } as const;
    const { result, output, delayMs, others } = ask({ says });
    expect({ result, output, delayMs }).toEqual({
      result: "failure",
      output: "no file",
      delayMs: 300,
    });
    expect(others.map((message) => message.delayMs)).toEqual([10_000]);
  });

  it("fails at the timeout when the answer takes longer", () => {
    const says = { result: "success", takesMs: 2_500 } as const;
    const probe = { tcpSocket: { port: 80, host: "10.0.0.9" }, timeoutSeconds: 2 };
    const { result, output, delayMs } = ask({ says, probe });
    const timeout = "dial tcp 10.0.0.9:80: i/o timeout";
    expect({ result, output, delayMs }).toEqual({
      result: "failure",
      output: timeout,
      delayMs: 2_000,
    });
  });

  it("refuses a connection to a process that has ended, and runs no command in it", () => {
    const life = { ...process, exitsAtMs: 4_000 };
    expect(ask({ life, probe: { tcpSocket: { port: 80 } } }).result).toBe("failure");
    expect(ask({ life }).result).toBe("error");
  });

  it("cancels commands once the pod terminates, but no requests", () => {
    const deletionTimestamp = "1970-01-01T00:00:04Z";
    const cancelled = "rpc error: code = Canceled desc = context canceled";
    expect(ask({ deletionTimestamp })).toMatchObject({ result: "error", output: cancelled });
    const probe = { httpGet: { port: 80 } };
    expect(ask({ deletionTimestamp, probe }).result).toBe("success");
  });
});
