import { describe, expect, it } from "vitest";

import type { ChoiceRecord } from "../../src/choice/choices.ts";
import { choicesText } from "../../src/trace/choices-text.ts";

const pull: ChoiceRecord = {
  name: "image pull",
  about: "pod/default/web image/web:1",
  alternatives: ["pulled", "not-found"],
  picked: "pulled",
  by: "usual",
};
const time: ChoiceRecord = {
  ...pull,
  name: "image pull time",
  alternatives: [0, 60_000],
  picked: 7,
};

describe("the choices of a run", () => {
  it("are each told with what was open and with the line of a scenario that answers it", () => {
    expect(choicesText([pull], ({ picked }) => `- { pull: { outcome: ${picked} } }`)).toBe(
      [
        "image pull: pod/default/web image/web:1",
        "  alternatives  pulled, not-found",
        "  picked        pulled (the usual course)",
        "  scenario      - { pull: { outcome: pulled } }",
        "",
      ].join("\n"),
    );
  });

  it("say so where no scenario can answer", () => {
    expect(choicesText([pull], () => undefined)).toContain("nothing in a scenario answers it");
  });

  it("name a range by its ends", () => {
    expect(choicesText([time], () => undefined)).toContain("alternatives  0 to 60000\n");
  });
});
