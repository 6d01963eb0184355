import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { livesDifference } from "./support/lives.ts";

const recordings = fileURLToPath(new URL("recordings", import.meta.url));
const names = readdirSync(recordings).filter((name) =>
  existsSync(join(recordings, name, "scenario.yaml")),
);

describe("a life recorded on a real cluster of v1.35.4", () => {
  it.each(names)("%s is the model's life too", (name) => {
    expect(livesDifference(join(recordings, name))).toBeUndefined();
  });
});
