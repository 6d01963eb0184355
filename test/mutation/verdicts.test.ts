import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { Verdicts } from "./verdicts.ts";

describe("what was found out about mistakes", () => {
  const folder = mkdtempSync(join(tmpdir(), "verdicts-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "verdicts.jsonl");
  const same = { compared: "pod", mistake: 3, isSame: true };
  const killed = { retried: "pod", killed: [4] };

  it("is there again in the next run", () => {
    const verdicts = new Verdicts(file, "seed 1");
    verdicts.add(same);
    verdicts.add(killed);
    expect(new Verdicts(file, "seed 1").findings).toEqual([same, killed]);
  });

  it("is there but for a line that was not finished", () => {
    appendFileSync(file, '{"compared":"po');
    expect(new Verdicts(file, "seed 1").findings).toEqual([same, killed]);
  });

  it("is forgotten when the run is about something else", () => {
    expect(new Verdicts(file, "seed 2").findings).toEqual([]);
    expect(new Verdicts(file, "seed 1").findings).toEqual([]);
  });
});
