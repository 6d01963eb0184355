import { describe, expect, it } from "vitest";

import { pressureReports, pressureTaints } from "../../../machines/kubelet/pressure-conditions.ts";

const now = "2026-01-01T00:00:30Z";
const disk = { key: "node.kubernetes.io/disk-pressure", effect: "NoSchedule" } as const;
const own = { key: "dedicated", value: "db", effect: "NoSchedule" } as const;
const isTrue = (type: string) => ({ type, status: "True" }) as const;

describe("pressureReports", () => {
  const none = {
    present: [],
    said: ["HasSufficientMemory", "HasNoDiskPressure", "HasSufficientPID"],
  } as const;
  const all = {
    present: ["MemoryPressure", "DiskPressure", "PIDPressure"],
    said: ["HasInsufficientMemory", "HasDiskPressure", "HasInsufficientPID"],
  } as const;

  it.each([none, all])("of $present have the reasons $said", ({ present, said }) => {
    const reports = pressureReports(present);
    expect(reports.map(({ condition }) => condition.reason)).toEqual(
      said.map((word) => `Kubelet${word}`),
    );
    expect(reports.map(({ event }) => event)).toEqual(said.map((word) => `Node${word}`));
  });

  it("tells each condition apart", () => {
    const statuses = pressureReports(["DiskPressure"]).map(({ condition }) => condition.status);
    expect(statuses).toEqual(["False", "True", "False"]);
  });
});

describe("pressureTaints", () => {
  it("adds a taint for each condition that is True, with the time", () => {
    const conditions = [isTrue("DiskPressure"), isTrue("Ready")];
    expect(pressureTaints([own], conditions, now)).toEqual([own, { ...disk, timeAdded: now }]);
  });

  it("keeps a taint that is there", () => {
    expect(pressureTaints([disk], [isTrue("DiskPressure")], now)).toEqual([disk]);
  });

  it("takes away what no condition wants, and nothing else", () => {
    const noExecute = { ...disk, effect: "NoExecute" } as const;
    expect(pressureTaints([disk, own, noExecute], [], now)).toEqual([own, noExecute]);
  });
});
