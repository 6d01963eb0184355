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
        const place = \`step \${index + 1} of \${path.steps.length}, at \${step.at}\`;
        const told = JSON.stringify({ status: step.status, facts: step.facts });
        throw new Error(\`\${path.id}, \${place}: \${error.message}\\n\${told}\`, { cause: error });
      }
    }
  });
}
`;
