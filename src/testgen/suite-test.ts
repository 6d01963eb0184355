import type { Suite } from "../explore/suite.ts";
import { countText, explorationText } from "./coverage-text.ts";
import { suiteDocument } from "./suite-json.ts";

/** The runners that a suite can be written for, and what they import `test` from. */
export const testRunners = { "node-test": "node:test", vitest: "vitest" } as const;

/**
 * A suite as a test file: each path is a test that hands every step to the subject, a module beside
 * it that exports `create()`, whose result has `apply(step)`. What throws fails, with its step.
 */
export function suiteTest(name: string, suite: Suite, runner: keyof typeof testRunners): string {
  const { coverage, paths } = suite;
  const document: { readonly paths?: unknown } = suiteDocument(name, suite);
  return `${[
    `// ${explorationText(name, suite.exploration).split("\n").join("\n// ")}`,
    `// ${paths.length} paths that take ${countText(coverage.covered.length, coverage)} of its charts.`,
    `// Written by kubechart paths -o ${runner}: subject.mjs beside it exports create().`,
    `import { test } from ${JSON.stringify(testRunners[runner])};`,
    "",
    'import { create } from "./subject.mjs";',
    "",
    `const replayed = ${JSON.stringify(suite.file ?? name)};`,
    `const paths = ${JSON.stringify(document.paths)};`,
    "",
    runnerText,
  ].join("\n")}`;
}

const runnerText = `for (const path of paths) {
  test(\`\${path.id} \${path.description}\`, async () => {
    const subject = await create();
    for (const [index, step] of path.steps.entries()) {
      try {
        await subject.apply(step);
      } catch (error) {
        throw new Error(failure(path, index, error), { cause: error });
      }
    }
  });
}

function failure({ id, steps }, index, error) {
  const prefix = steps.slice(0, index + 1);
  const { at, status, facts } = steps[index];
  const choices = prefix.flatMap((step) =>
    (step.choices ?? []).map(({ name, about, picked }) => \`\${name} of \${about}: \${picked}\`),
  );
  return [
    \`\${id}, step \${index + 1} of \${steps.length}, at \${at}: \${error?.message ?? error}\`,
    \`  expected: \${JSON.stringify({ status, facts })}\`,
    \`  choices (no seed: they are all that decides): \${choices.join("; ") || "none"}\`,
    \`  shortest failing prefix: \${prefix.length} steps\`,
    \`  replay: kubechart replay \${replayed} --moves '\${prefix.map(({ moves }) => moves).join(" ")}'\`,
  ].join("\\n");
}
`;
