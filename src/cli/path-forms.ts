import { basename, resolve } from "node:path";

import type { Suite } from "../explore/suite.ts";
import { writeFiles } from "./write-files.ts";

/** What a suite is written as. */
export type PathForm = keyof typeof pathForms;

/** What a form needs is loaded when it is asked for. */
export const pathForms = {
  text: oneFile("txt", async (name, suite) =>
    (await import("../testgen/suite-text.ts")).suiteText(name, suite),
  ),
  json: oneFile("json", jsonText),
  "node-test": oneFile("test.mjs", testWriter("node-test")),
  vitest: oneFile("test.mjs", testWriter("vitest")),
  go: {
    write: async (name, suite) => {
      const { suiteGo } = await import("../testgen/suite-go.ts");
      return suiteGo(stemOf(name), suite, { packageName: "paths" });
    },
    files: async (name, suite, folder) => {
      const { goFileName, goPackageName, suiteGo } = await import("../testgen/suite-go.ts");
      const stem = stemOf(name);
      const jsonFile = `${stem}.paths.json`;
      const packageName = goPackageName(basename(resolve(folder)));
      return [
        { file: jsonFile, text: await jsonText(name, suite) },
        { file: goFileName(stem), text: suiteGo(stem, suite, { packageName, jsonFile }) },
      ];
    },
  },
  kwok: oneFile("kwok.yaml", async (name, suite) =>
    (await import("../testgen/suite-kwok.ts")).suiteKwok(stemOf(name), suite),
  ),
  markdown: oneFile("md", async (name, suite) =>
    (await import("../testgen/suite-markdown.ts")).suiteMarkdown(name, suite),
  ),
  composition: oneFile("composition.mmd", async (_, suite) =>
    (await import("../testgen/suite-sequence.ts")).suiteComposition(suite),
  ),
  sequence: oneFile("sequence.md", async (name, suite) =>
    (await import("../testgen/suite-sequence.ts")).suiteSequences(name, suite),
  ),
} as const satisfies Readonly<Record<string, Form>>;

interface Form {
  readonly write: Write;
  /** What `--out` writes into the folder. */
  readonly files: (name: string, suite: Suite, folder: string) => Promise<readonly Written[]>;
}

type Write = (name: string, suite: Suite) => Promise<string>;

interface Written {
  readonly file: string;
  readonly text: string;
}

/** Prints the suite, or writes its files and prints their names. */
export async function printPaths(
  name: string,
  suite: Suite,
  { output, out }: { readonly output: PathForm; readonly out?: string },
): Promise<void> {
  const { write, files } = pathForms[output];
  if (out === undefined) return void process.stdout.write(await write(name, suite));
  const written = await files(name, suite, out);
  const contents = written.map(({ file, text }) => ({ file, content: text }));
  for (const place of writeFiles(out, contents)) console.log(place);
}

function oneFile(extension: string, write: Write): Form {
  return {
    write,
    files: async (name, suite) => [
      { file: `${stemOf(name)}.paths.${extension}`, text: await write(name, suite) },
    ],
  };
}

/** The name of a system, which may be that of its file. */
function stemOf(name: string): string {
  return name.replace(/^.*[/\\]|\.ya?ml$/g, "");
}

async function jsonText(name: string, suite: Suite): Promise<string> {
  const { suiteDocument } = await import("../testgen/suite-json.ts");
  return `${JSON.stringify(suiteDocument(name, suite), null, 2)}\n`;
}

function testWriter(runner: "node-test" | "vitest"): Write {
  return async (name, suite) =>
    (await import("../testgen/suite-test.ts")).suiteTest(name, suite, runner);
}
