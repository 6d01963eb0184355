import { describe, expect, it } from "vitest";

import { emptyScenario, readScenario } from "../../../src/manifest/scenario.ts";
import { scenarioAnswers } from "../../../src/manifest/scenario/answers.ts";
import {
  choiceKeys,
  scenarioLineFor,
  toldChoice,
} from "../../../src/manifest/scenario/choice-lines.ts";

const head = "apiVersion: kubechart/v1\nkind: Scenario\nenvironment:\n";

describe("the line of a choice", () => {
  it.each([
    [
      "mount time",
      "pod/default/web volume/cache",
      20,
      "- { when: { pod: web, volume: cache }, mount: { takes: 20ms } }",
    ],
    [
      "stop signal",
      "pod/prod/web container/app run 2",
      "ignored",
      "- { when: { namespace: prod, pod: web, container: app, run: 2 }, process: { onStop: ignored } }",
    ],
    [
      "image pull outcome",
      "pod/default/web image/registry.example/app:1.0 pull 1",
      "not found",
      '- { when: { pod: web, image: "registry.example/app:1.0", attempt: 1 }, pull: { outcome: not found } }',
    ],
    [
      "kubelet work queue",
      "pod/default/web",
      11_500,
      "- { when: { pod: web }, kubelet: { workQueue: 11.5s } }",
    ],
    ["preStop hook time", "", 50, "- { hooks: { preStop: { takes: 50ms } } }"],
  ])("%s about %j", (name, about, picked, line) => {
    expect(scenarioLineFor({ name, about, picked })).toBe(line);
  });

  it.each([
    ["kubelet work queue", "pod/default/web"],
    ["probe start delay", "pod/default/web container/app liveness"],
    ["probe start delay", "pod/prod/web container/app startup"],
  ])("of %s about %j is what the scenario then says", (name, about) => {
    const line = scenarioLineFor({ name, about, picked: 1_500 });
    const { scenario } = readScenario("a.yaml", `${head}  ${line}\n`);
    const answers = scenarioAnswers(scenario ?? emptyScenario);
    expect(toldChoice(answers, name, about)).toBe(1_500);
    expect(toldChoice(answers, name, about.replace("web", "db"))).toBeUndefined();
    expect(toldChoice(answers, "mount time", about)).toBeUndefined();
  });

  it("answers its choice beside the lines of the others", () => {
    const about = "pod/default/web image/app:1 pull 2";
    const picks = { "image pull outcome": "pulled", "image pull time": 20, "image size": 7 };
    const lines = Object.entries(picks).map(([name, picked]) =>
      scenarioLineFor({ name, about, picked }),
    );
    const { scenario } = readScenario("a.yaml", `${head}  ${lines.join("\n  ")}\n`);
    expect(scenarioAnswers(scenario ?? emptyScenario).pull("app:1", 2, "default/web")).toEqual({
      line: 4,
      outcome: "pulled",
      takesMs: 20,
      sizeBytes: 7,
    });
  });

  it("does not exist for a choice that a scenario does not know", () => {
    expect(scenarioLineFor({ name: "toString", about: "", picked: 1 })).toBeUndefined();
  });

  it.each(Object.keys(choiceKeys))("of %s is a rule that can be read", (name) => {
    const picked = / (time|queue|delay)$/.test(name) ? 1_500 : (wordFor[name] ?? 5);
    const line = scenarioLineFor({ name, about: "pod/default/web", picked });
    expect(readScenario("a.yaml", `${head}  ${line}\n`).issues).toEqual([]);
  });
});

const wordFor: Readonly<Record<string, string>> = {
  "image pull outcome": "pulled",
  "stop signal": "handled",
  "startup probe": "success",
  "liveness probe": "failure",
  "readiness probe": "no result",
  "order of active pods": "newest first",
  "crossed threshold": "hard nodefs.available",
  "container removal": "before its exit was read",
};
