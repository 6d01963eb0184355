import { describe, expect, it } from "vitest";

import { blocksOf, exchangesOf, isPrinted, picturesOf, wordsOf } from "./blocks.ts";
import { piped } from "./pipeline.ts";

const page = `# Page

\`web.yaml\`: a pod

\`\`\`yaml
kind: Pod
\`\`\`

\`\`\`console
$ kubechart run web.yaml -o table
NAME
web
$ kubechart lint 'a chart.yaml' # exits 1
wrong
\`\`\`

As \`kubechart run web.yaml -o svg\` paints it, or \`-o png\`:

![a life](life.svg)
`;

describe("a page", () => {
  const [manifest, session] = blocksOf(page);

  it("has blocks, of which some are files by the line above them", () => {
    expect(manifest).toEqual({
      language: "yaml",
      text: "kind: Pod\n",
      file: "web.yaml",
      intro: "`web.yaml`: a pod",
      line: 5,
    });
    expect(session?.file).toBeUndefined();
  });

  it("has sessions of commands, what they print and how they end", () => {
    expect(session && exchangesOf(session)).toEqual([
      { command: "kubechart run web.yaml -o table", printed: "NAME\nweb\n", code: 0 },
      { command: "kubechart lint 'a chart.yaml'", printed: "wrong\n", code: 1 },
    ]);
  });

  it("has pictures that a command above them paints", () => {
    expect(picturesOf(page)).toEqual([
      { command: "kubechart run web.yaml -o svg", file: "life.svg" },
    ]);
    expect(picturesOf("![alone](life.svg)")).toEqual([]);
  });
});

describe("a command", () => {
  it("is words, some in quotes", () => {
    expect(wordsOf(`kubechart paths pod --reach 'app: OOMKilled' "x y"`)).toEqual([
      "kubechart",
      "paths",
      "pod",
      "--reach",
      "app: OOMKilled",
      "x y",
    ]);
  });

  it("prints what a page shows, where a line … stands for any lines", () => {
    expect(isPrinted("a\n…\nd\n", "a\nb\nc\nd\n")).toBe(true);
    expect(isPrinted("a\n…\nd\n", "a\nb\nc\n")).toBe(false);
    expect(isPrinted("a.c\n", "abc\n")).toBe(false);
  });

  it("prints less through grep, head and tail", () => {
    const text = "one\ntwo\nthree\nfour\n";
    expect(piped(text, [["grep", "-E", "^t"]])).toBe("two\nthree\n");
    expect(piped(text, [["grep", "-v", "o"]])).toBe("three\n");
    expect(
      piped(text, [
        ["grep", "-A", "1", "two"],
        ["tail", "-1"],
      ]),
    ).toBe("three\n");
    expect(piped(text, [["head", "-2"]])).toBe("one\ntwo\n");
    expect(piped(text, [["grep", "-B", "1", "-E", "two|four"]])).toBe("one\ntwo\nthree\nfour\n");
    expect(piped(text, [["grep", "-A", "0", "-B", "0", "e$"]])).toBe("one\nthree\n");
    expect(piped(`${text}one\n`, [["grep", "-A", "1", "one"]])).toBe("one\ntwo\n--\none\n");
    expect(() => piped(text, [["grep", "-c", "one"]])).toThrow("a page gives grep -c");
    expect(() => piped(text, [["sort"]])).toThrow("a page pipes into sort");
  });
});
