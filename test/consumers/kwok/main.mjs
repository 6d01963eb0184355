// Has KWOK's own packages play the Stages of every shipped system, its default Stages beside them: each pod
// shows what its life shows, as long and with the same status, and KWOK's own CRD knows every field.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Ajv } from "ajv";
import { parse, parseAllDocuments } from "yaml";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = new URL("../../../dist/", import.meta.url);
const { printPod } = await import(new URL("machines/api/printers.js", dist));
const { coverTransitions } = await import(new URL("src/explore/suite.js", dist));
const { kwokLives } = await import(new URL("src/testgen/kwok-lives.js", dist));
const { lifeLabel, stageCondition, suiteKwok } = await import(new URL("src/testgen/suite-kwok.js", dist));
const { loadSystem } = await import(new URL("src/testkit/index.js", dist));

const env = { ...process.env, GOFLAGS: "-mod=readonly", GOTOOLCHAIN: "local", GOWORK: "off" };
const go = (...args) => spawnSync("go", args, { cwd: here, encoding: "utf8", env });
const folder = mkdtempSync(join(tmpdir(), "kubechart-kwok-"));

try {
  const { error, status, stderr } = go("build", "-o", join(folder, "lives"), ".");
  if (error !== undefined) console.log(`skipped, because there is no Go: ${error.message}`);
  else if (status !== 0) console.log(`skipped, because KWOK's packages cannot be had: ${stderr.trim().split("\n").at(-1)}`);
  else main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function main() {
  const { stdout: place } = go("list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/kwok");
  const crd = readFileSync(join(place.trim(), "kustomize/crd/bases/kwok.x-k8s.io_stages.yaml"), "utf8");
  const copy = readFileSync(new URL("../../testgen/kwok/stages-crd.yaml", import.meta.url), "utf8");
  const wrong = copy.endsWith(`\n${crd}`) ? [] : ["the copy of KWOK's CRD is not what KWOK has"];
  const known = schemaOf(parse(crd));
  const chosen = process.argv.slice(2);
  const all = readdirSync(new URL("../../../machines/systems", import.meta.url)).map((file) => basename(file, ".yaml"));
  const systems = all.filter((name) => chosen.length === 0 || chosen.includes(name)).flatMap(readSystem);
  for (const { name, stages } of systems) {
    for (const stage of stages) wrong.push(...known(stage).map((line) => `${name}: ${stage.metadata.name}${line}`));
  }
  const input = JSON.stringify(systems.map(({ file, lives }) => ({ Stages: file, Pods: lives.map(podOf) })));
  const { stdout, stderr, status } = spawnSync(join(folder, "lives"), { input, encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) throw new Error(stderr);
  for (const [nth, told] of JSON.parse(stdout).entries()) {
    const { name, lives } = systems[nth];
    for (const [at, life] of told.entries()) wrong.push(...mistakes(lives[at], life).map((line) => `${name}: ${line}`));
  }
  for (const line of wrong) console.error(line);
  const [lives, stages] = [systems.flatMap((one) => one.lives), systems.flatMap((one) => one.stages)];
  console.log(`${systems.length} systems, ${lives.length} lives as ${stages.length} Stages, played by KWOK; ${wrong.length} wrong`);
  process.exitCode = wrong.length === 0 && lives.length > 0 ? 0 : 1;
}

/** None of a system whose pods come onto no node. */
function readSystem(name) {
  const suite = coverTransitions(loadSystem(name));
  const lives = suite.paths.flatMap(({ id, steps }) => {
    const own = kwokLives(steps);
    return own.map((life, nth) => ({ ...life, label: [name, id, ...(own.length === 1 ? [] : [nth + 1])].join("-") }));
  });
  if (lives.length === 0) return [];
  const file = join(folder, `${name}.yaml`);
  const text = suiteKwok(name, suite);
  writeFileSync(file, text);
  const stages = parseAllDocuments(text).flatMap((document) => document.toJS() ?? []);
  return [{ name, file, lives, stages }];
}

/** As a pod is that was bound to a fake node. */
function podOf({ label, pod: { metadata, spec, status }, moments }) {
  const { name, namespace, uid } = metadata;
  const ends = moments.some(({ isDeleting }) => isDeleting) ? "deleted" : "undeleted";
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, uid, generation: 1, labels: { [lifeLabel]: label }, annotations: { ends } },
    spec,
    status,
  };
}

/** A life that was left while its pod was on its way out is ended by KWOK's own Stage. */
function mistakes({ label, moments }, all) {
  const isLeft = moments.at(-1).isDeleting && all.length > moments.length && all.at(-1).Stage === "pod-delete";
  const told = isLeft ? all.slice(0, -1) : all;
  const nowMs = Date.now();
  const shown = told.map(({ Pod: pod, AfterMs: ms }) => `${ms} ms ${pod === null ? "gone" : printPod(pod, nowMs).STATUS}`);
  const wanted = moments.map(({ shows, afterMs }) => `${afterMs} ms ${shows}`);
  if (shown.join(", ") !== wanted.join(", ")) return [`${label} is ${shown.join(", ")}, not ${wanted.join(", ")}`];
  return told.flatMap(({ Stage: stage, Pod: pod }, nth) => {
    const [is, should] = [masked(pod?.status), masked(moments[nth].status)];
    return is === should ? [] : [`${stage} makes\n  ${is}, not\n  ${should}`];
  });
}

/** What is made up, the generation that nobody has changed, and what is empty are aside; keys in order. */
function masked(status) {
  if (status === undefined) return "";
  return JSON.stringify(inOrder(status, ""));
}

function inOrder(value, key) {
  if (key === "observedGeneration" || key === "imageID" || key === "containerID" || /(?:At|Time|IP|^ip)$/.test(key)) return key;
  if (Array.isArray(value)) {
    const own = value.filter(({ type }) => type !== stageCondition).map((one) => inOrder(one, ""));
    return key === "conditions" ? own.toSorted((a, b) => (a.type < b.type ? -1 : 1)) : own;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name, one]) => !isEmpty(name, one));
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one, name)]));
}

function isEmpty(name, value) {
  if (name === "qosClass" || value === "" || value === null || name === "lastProbeTime") return true;
  if (name === "conditions") return value.every(({ type }) => type === stageCondition);
  return typeof value === "object" && name !== "running" && Object.keys(value).length === 0;
}

function schemaOf({ spec }) {
  const { openAPIV3Schema } = spec.versions[0].schema;
  const closed = JSON.parse(
    JSON.stringify(openAPIV3Schema, (key, one) =>
      key !== "metadata" && one?.properties !== undefined ? { ...one, additionalProperties: false } : one,
    ),
  );
  const formats = { int64: true, "date-time": true };
  const validate = new Ajv({ allErrors: true, strict: false, formats }).compile(closed);
  return (stage) => (validate(stage) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`));
}
