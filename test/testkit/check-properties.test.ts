import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { assertProperties, checkProperties } from "../../src/testkit/check-properties.ts";
import { kubechart } from "../support/cli.ts";
import { smallSystems, systemOf } from "../support/systems.ts";
import { written } from "../support/written.ts";

const pulls = smallSystems["pulls that may fail"]?.() ?? systemOf("");

function says(word: string) {
  return (objects: readonly KubeObject[]): boolean => JSON.stringify(objects).includes(word);
}

function saysNot(word: string) {
  return (objects: readonly KubeObject[]): boolean => !says(word)(objects);
}

describe("properties of a system", () => {
  it("come with a life that shows what is violated, to be run as a test", async () => {
    const verdicts = checkProperties(pulls, {
      "a pull never fails": { always: saysNot("ErrImagePull") },
      "a pull sometimes fails": { sometimes: says("ErrImagePull") },
    });
    expect(verdicts.map(({ outcome, path }) => [outcome, path !== undefined])).toEqual([
      ["violated", true],
      ["holds", false],
    ]);
    const seen: unknown[] = [];
    await verdicts[0]?.path?.test({
      states: { "*": ({ meta }) => void seen.push(meta.status["default/web"]) },
    });
    expect([seen.at(-1), seen.indexOf("ErrImagePull")]).toEqual(["ErrImagePull", seen.length - 1]);
  });

  it("that all hold are silent", () => {
    assertProperties(pulls, { "a pull sometimes fails": { sometimes: says("ErrImagePull") } });
  });

  it("that do not hold are thrown with the time line, and the line that tells it again", async () => {
    const system = {
      ...pulls,
      source: { file: written("p.yaml", pulls.source?.text ?? ""), text: "" },
    };
    const never = { "a pull never fails": { always: saysNot("ErrImagePull") } };
    expect(() => assertProperties(system, never)).toThrow(
      /^violated {2}a pull never fails\n\n[0-9a-f]{12} {2}Pending → .*\n[^]* ErrImagePull\n/,
    );
    const [, file = "", moves = ""] =
      /kubechart replay (\S+) --moves '(.*)'$/.exec(
        String(thrownBy(() => assertProperties(system, never))),
      ) ?? [];
    expect((await kubechart("replay", file, "--moves", moves)).code).toBe(0);
  });

  it("stay open where the search is stopped", () => {
    const some = { "a pod is sometimes Failed": { sometimes: says("Failed") } };
    expect(() => assertProperties(pulls, some, { maxStates: 20 })).toThrow(
      /^open {6}a pod is some/,
    );
  });
});

function thrownBy(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
