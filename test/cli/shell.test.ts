import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { commands } from "../../src/cli/commands.ts";
import { kubechart } from "../support/cli.ts";

const here = fileURLToPath(import.meta.url);

describe("kubechart", () => {
  it("--help shows every command in its group, with an example", async () => {
    const { code, out } = await kubechart("--help");
    expect(code).toBe(0);
    for (const { group, name, example } of commands) {
      expect(out).toContain(`\n${group}:\n`);
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, "m"));
      expect(out).toContain(`$ ${example}\n`);
    }
  });

  it("--version tells ours and Kubernetes'", async () => {
    const { code, out } = await kubechart("--version");
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^kubechart \d+\.\d+\.\d+, Kubernetes v1\.35\.4$/),
    });
  });

  it.each([
    [["lnt"], 'kubechart: unknown command lnt; did you mean "lint"?'],
    [["--verzion"], "kubechart: unknown option --verzion"],
    [["lint", "--implementaton", "x"], "unknown option '--implementaton'"],
    [["lint"], "missing required argument 'file'"],
    [["lint", "nowhere.yaml"], "kubechart: no such file: nowhere.yaml"],
    [["machines", "container"], "too many arguments"],
    [["diagram", "kubelte"], 'kubechart: no machine kubelte; did you mean "kubelet"?'],
    [["diagram"], "kubechart: missing a machine, a chart file or a system; --list lists machines"],
    [
      ["diagram", "kubelet", "-o", "dto"],
      'mermaid, dot, plantuml, svg, png, scxml, json, xstate, smcat; did you mean "dot"?',
    ],
    [
      ["diagram", "kubelet", "-o", "picture"],
      "It is one of mermaid, dot, plantuml, svg, png, scxml, json, xstate, smcat.",
    ],
    [
      ["diagram", "kubelet", "--out", here],
      `kubechart: cannot write into ${here}: there is a file of that name`,
    ],
    [["diagram", "kubelet", "--focus", "runing"], 'no state runing; did you mean "running"?'],
    [["diagram", "kubelet", "--depth", "0"], "It is a whole number from 1."],
    [["diagram", "kubelet", "--hide", "self,all"], "It is some of guards, actions, self"],
    [["diagram", "kubelet", "--kubernetes", "1.30"], "Allowed choices are 1.32"],
    [["diagram", "kubelet", "--feature-gates", "NodeSwop=true"], 'did you mean "NodeSwap"?'],
    [["diagram", "kubelet", "--coverage", here], `${here}: expected a PathSuite`],
    [["diagram", "kubelet", "--theme", "pink"], "Allowed choices are light, dark."],
    [["diagram", "nowhere.yaml"], "kubechart: no such file: nowhere.yaml"],
    [[], "Usage: kubechart <command>"],
  ])("%j is misuse and exits 2", async (args, message) => {
    const { code, out, err } = await kubechart(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  it.each(commands.map(({ name }) => name))("%s --help shows its example", async (name) => {
    const { code, out } = await kubechart(name, "--help");
    const { example } = commands.find((command) => command.name === name) ?? { example: "?" };
    expect(code).toBe(0);
    expect(out).toContain(example);
  });
});
