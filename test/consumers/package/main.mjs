// Packs kubechart as npm would publish it, installs it in a project of its own, and does there what
// README shows: its JavaScript runs, a TypeScript project compiles against its types, its command works.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const typed = `
import { createActor, type EventFrom, type InputFrom } from "xstate";
import { Cluster, clusterLogic, readManifests, XStateHost } from "kubechart";
import { outlineOf, svg, viewOf } from "kubechart/diagram";
import { catalogue, containerMachine, containerSamples, forVersion, restartBackOffMachine } from "kubechart/machines";

export const input: InputFrom<typeof containerMachine> = { hasInitContainers: true };
export const alphabet: readonly EventFrom<typeof containerMachine>[] = containerSamples.events;
export const faster = forVersion(restartBackOffMachine.provide({ delays: { nextStep: 200 } }), { version: "1.34" });
// @ts-expect-error there is no such delay
restartBackOffMachine.provide({ delays: { nextSteps: 200 } });
// @ts-expect-error a machine must know whether there are init containers
createActor(containerMachine, { input: {} });
const container = createActor(containerMachine, { input: { hasInitContainers: false } });
container.send({ type: "container.created" });
// @ts-expect-error an event that the chart does not know
container.send({ type: "container.creatd" });
const { objects } = readManifests([{ file: "a.yaml", text: "" }]);
const cluster: Cluster = Cluster.create({ objects });
const actor = createActor(clusterLogic, { input: { objects } });
actor.send({ type: "run", untilMs: 1_000 });
export const ids: string[] = Object.keys(catalogue);
const host = new XStateHost();
const live: Cluster = Cluster.create({ objects, host });
host.system.inspect(({ actorRef }) => actorRef.getSnapshot());
export const picture: Promise<string> = svg(viewOf(outlineOf(containerMachine), { depth: 1 }), { theme: "dark" });
export const phase = [cluster, live].map((one) => one.list("Pod").length);
`;

const tested = `
import { TestModel } from "@xstate/test";
import { coverTransitions, loadSystem, testModel } from "kubechart/test";

const system = loadSystem("image-pull");
const model: TestModel<any, any, any> = testModel(system);
export const shortest: number = model.getShortestPaths().length;
for (const path of coverTransitions(system).paths) {
  await path.test({
    states: {
      "*": ({ meta, value }) => {
        const kinds: readonly string[] = meta.objects.map(({ kind }) => kind);
        if (meta.facts["default/web"]?.ready && !kinds.includes("Pod")) throw new Error(String(value));
      },
    },
    events: { "PullImage.failed": ({ state }) => void state.meta.covers },
  });
  // @ts-expect-error there are no such callbacks
  await path.test({ state: {} });
}
`;

/** In plain JavaScript: both are the ones of the packages that npm installed. */
const modelled = `
import { TestModel } from "@xstate/test";
import { StateMachine } from "xstate";
import { coverTransitions, loadSystem } from "kubechart/test";

const { model, paths } = coverTransitions(loadSystem("image-pull"));
const failed = await paths[0].test({ states: { "*": () => { throw new Error("no"); } } }).catch((error) => error);
const isReal = model instanceof TestModel && model.machine instanceof StateMachine;
console.log(isReal && model.getShortestPaths().length > 0 && failed.message.includes("kubechart replay image-pull"));
`;

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const vitestVersion = devDependencies.vitest;
const project = mkdtempSync(join(tmpdir(), "kubechart-consumer-"));
const run = (command, args, cwd = project) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

try {
  const packed = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], root));
  const [{ filename }] = Object.values(packed);
  writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }\n');
  run("npm", ["install", "--no-audit", "--no-fund", join(project, filename)]);

  // What only pictures need is not installed with the package, and works once it is.
  const command = join(project, "node_modules/.bin/kubechart");
  const bare = spawnSync(command, ["diagram", "probe", "-o", "svg"], { cwd: project, encoding: "utf8" });
  if (bare.status !== 2 || !bare.stderr.includes("npm install elkjs")) throw new Error(bare.stderr);
  const { elkjs, "@resvg/resvg-js": resvg } = devDependencies;
  run("npm", ["install", "--no-audit", "--no-fund", `elkjs@${elkjs}`, `@resvg/resvg-js@${resvg}`]);
  const picture = run(command, ["diagram", "probe", "-o", "svg"]);
  if (!picture.includes("<title>probe</title>")) throw new Error(`no picture: ${picture}`);
  run(command, ["diagram", "probe", "-o", "png", "--out", "pictures"]);
  if (readFileSync(join(project, "pictures/probe.png")).subarray(1, 4).toString() !== "PNG") throw new Error("no PNG");

  const examples = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/```js\n(.*?)```/gs)];
  if (examples.length === 0) throw new Error("README shows no JavaScript");
  for (const [index, [, code]] of examples.entries()) {
    const file = `example-${index + 1}.mjs`;
    writeFileSync(join(project, file), code);
    const printed = run(process.execPath, [file]).trim();
    const expected = /console\.log\(.*\); \/\/ (.*)/.exec(code)?.[1];
    if (printed !== expected) throw new Error(`${file} printed ${printed}, README says ${expected}`);
  }

  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "src/embed.ts"), typed);
  writeFileSync(join(project, "src/tested.ts"), tested);
  const flags = "--noEmit --strict --skipLibCheck --module nodenext --target es2022".split(" ");
  const sources = ["embed.ts", "tested.ts"].map((file) => join(project, "src", file));
  run(join(root, "node_modules/.bin/tsc"), [...flags, ...sources]);

  writeFileSync(join(project, "modelled.mjs"), modelled);
  const works = run(process.execPath, ["modelled.mjs"]).trim();
  if (works !== "true") throw new Error(`@xstate/test's model works: ${works}`);

  const tools = join(root, "node_modules/.bin");
  run(join(tools, "publint"), ["run", join(project, filename), "--strict"], root);
  run(join(tools, "attw"), [join(project, filename), "--profile", "esm-only", "--quiet"], root);

  const [, guide] = /```js\n(.*?)```/s.exec(readFileSync(join(root, "docs/testing.md"), "utf8"));
  writeFileSync(join(project, "guide.test.mjs"), guide);
  run(process.execPath, ["--test", "guide.test.mjs"]);

  // The examples as a user has them: with npm's Vitest, and the package's own entries.
  cpSync(join(project, "node_modules/kubechart/docs/examples"), join(project, "examples"), { recursive: true });
  run("npm", ["install", "--no-audit", "--no-fund", "--save-dev", `vitest@${vitestVersion}`]);
  const report = run(join(project, "node_modules/.bin/vitest"), ["run", "--root", join(project, "examples"), "--reporter", "json"]);
  const { numPassedTests, success } = JSON.parse(report.slice(report.indexOf("{")));
  if (!success || numPassedTests < 6) throw new Error(`the examples' tests: ${report}`);

  const version = run(join(project, "node_modules/.bin/kubechart"), ["--version"]);
  if (!version.includes("1.35")) throw new Error(`--version printed ${version}`);
  console.log(`packed, installed, ${examples.length} examples of README run, types compile, ${numPassedTests} tests of docs/examples pass`);
} finally {
  rmSync(project, { recursive: true, force: true });
}
