import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { deviations } from "./support/fidelity.ts";
import { runVectorFile, vectorFiles } from "./support/vectors.ts";

const folder = fileURLToPath(new URL("vectors", import.meta.url));

describe("answers recorded from Kubernetes v1.35.4", () => {
  it.each(vectorFiles([folder]))("%s agrees, but for what docs/fidelity.md lists", async (file) => {
    const result = await runVectorFile(file, folder);
    expect(result.hasRunner).toBe(true);
    expect(result.disagreements.filter((one) => one.listed === undefined).slice(0, 3)).toEqual([]);
    expect(result.disagreements.length).toBeLessThanOrEqual(result.total * 0.02);
    const listed = [...deviations(result.name).keys()].toSorted();
    expect(result.disagreements.map(({ id }) => id).toSorted()).toEqual(listed);
  });
});
