// node main.mjs pods.yaml [scenario.yaml], then: curl -N localhost:8080/watch
import { readFileSync } from "node:fs";

import { formatIssue, readManifests, readScenario } from "kubechart";

import { serve } from "./serve.mjs";

const [file, scenarioFile] = process.argv.slice(2);
const { objects, issues } = readManifests([{ file, text: readFileSync(file, "utf8") }]);
for (const issue of issues) console.error(formatIssue(issue));
if (issues.length > 0) process.exit(1);
const { scenario } = scenarioFile ? readScenario(scenarioFile, readFileSync(scenarioFile, "utf8")) : {};
serve({ objects, scenario }).listen(8080, () => console.log("http://localhost:8080/watch"));
