import { widerSystems } from "./wider.ts";

/** What an exploration of one shipped system came to. */
export interface SystemRow {
  readonly name: string;
  readonly description: string;
  readonly states: number;
  readonly edges: number;
  readonly stoppedBy: string | undefined;
  readonly covered: readonly string[];
  readonly paths: readonly PathRow[];
}

export interface PathRow {
  readonly id: string;
  readonly description: string;
  readonly covers: readonly string[];
  /** What its pods' statuses say on the way: reasons of pods and of containers. */
  readonly reasons: readonly string[];
  /** What its pods' phases do on the way: `Pending → Running`. */
  readonly changes: readonly string[];
}

interface BranchRow {
  readonly machine: string;
  readonly name: string;
}

const containerReasons = [
  "ContainerCreating",
  "PodInitializing",
  "CrashLoopBackOff",
  "ErrImagePull",
  "ImagePullBackOff",
  "ErrImageNeverPull",
  "InvalidImageName",
  "ImageInspectError",
  "RegistryUnavailable",
  "SignatureValidationFailed",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
  "PostStartHookError",
  "RestartingAllContainers",
  "Completed",
  "Error",
  "StartError",
  "ContainerStatusUnknown",
  "Unknown",
];

const podReasons = [
  "DeadlineExceeded",
  "NodeAffinity",
  "NodePorts",
  "OutOfcpu",
  "PodFeatureUnsupported",
  "PodOSNotSupported",
  "TaintToleration",
];

/** What people look for, by what the page calls it: a reason on the way, and a branch. */
const sought: readonly (readonly [what: string, reason: string, branch?: RegExp])[] = [
  ["OOMKilled, main process", "OOMKilled", /^containerMemory withinLimit memory\.used#0$/],
  ["OOMKilled, child process", "OOMKilled", /^containerMemory withinLimit memory\.used#2$/],
  ["OOMKilled, node out of memory", "OOMKilled", /^containerMemory .* memory\.nodeExhausted#0$/],
  ["Evicted, memory", "Evicted", /^evictionManager memoryPressure\.clear stats\.observed#0$/],
  ["Evicted, disk", "Evicted", /^evictionManager diskPressure\.clear stats\.observed#0$/],
  ["Evicted, processes", "Evicted", /^evictionManager pidPressure\.clear stats\.observed#0$/],
  ["Evicted, emptyDir", "Evicted", /^evictionManager loop\.evicting always#0$/],
  ["Evicted, ephemeral-storage of the pod", "Evicted", /^evictionManager loop\.evicting always#1$/],
  ["Evicted, that of a container", "Evicted", /^evictionManager loop\.evicting always#2$/],
  ["Evicted at admission", "Evicted", /^kubelet running pod\.added#1$/],
  ["Preempted by the kubelet", "Preempting"],
  ["Preempted by the scheduler", "", /^schedulingCycle .* victims\.found#0$/],
  [
    "Deleted by taint eviction, DisruptionTarget",
    "DeletionByTaintManager",
    /^taintEviction deciding step\.found#5$/,
  ],
  ["Deleted by the eviction API, DisruptionTarget", "EvictionByEvictionAPI"],
  ["Deleted by pod GC, DisruptionTarget", "DeletionByPodGC"],
  ...podReasons.map((reason) => [reason, reason] as const),
  ...containerReasons.map((reason) => [reason, reason] as const),
];

/** docs/coverage.md: what the shipped systems take of the charts, and what they do not. */
export function coveragePage(rows: readonly SystemRow[], branches: readonly BranchRow[]): string {
  const covered = new Set(rows.flatMap((row) => row.covered));
  return (
    [
      "# Coverage of the charts by the shipped systems",
      "Written by `npm run coverage`, which explores every file of `machines/systems/`.",
      `Together they take ${covered.size} of ${branches.length} branches, ${ofKubelet(branches, covered)} of them on the kubelet's side.`,
      "## Systems",
      systemTable(rows),
      "## Machines",
      machineTable(branches, covered),
      "## Ways to what people look for",
      soughtTable(rows),
      "## Changes of a pod's phase at the API",
      changesTable(rows),
      "## Branches that no shipped system takes",
      missingList(branches, covered),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}

function systemTable(rows: readonly SystemRow[]): string {
  return [
    "| system | what it shows | states | edges | branches | paths | search |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(({ name, description, states, edges, covered, paths, stoppedBy }) => {
      const cells = [`\`${name}\``, description, states, edges, covered.length, paths.length];
      return `| ${[...cells, stoppedBy ?? "exhausted"].join(" | ")} |`;
    }),
  ].join("\n");
}

function ofKubelet(branches: readonly BranchRow[], covered: ReadonlySet<string>): string {
  const own = branches.filter(({ machine }) => !ofControlPlane.test(machine));
  return `${own.filter(({ name }) => covered.has(name)).length} of ${own.length}`;
}

const ofControlPlane =
  /^(scheduling|binding|request|leaderElection|controlPlane|serviceAccount|rootCA|resourceQuota|cloud|reconcileLoop|replicaSet|deployment|endpoint|node|taint|namespace|crdFinalizer|podGc|garbage|kubeProxy)/;

function machineTable(branches: readonly BranchRow[], covered: ReadonlySet<string>): string {
  const machines = [...new Set(branches.map(({ machine }) => machine))];
  return [
    "| machine | branches | taken |",
    "| --- | --- | --- |",
    ...machines.map((machine) => {
      const own = branches.filter((branch) => branch.machine === machine);
      return `| \`${machine}\` | ${own.length} | ${own.filter(({ name }) => covered.has(name)).length} |`;
    }),
  ].join("\n");
}

function soughtTable(rows: readonly SystemRow[]): string {
  return [
    "| what | system | path | STATUS |",
    "| --- | --- | --- | --- |",
    ...sought.map(([what, reason, branch = /./]) =>
      shortestRow(what, rows, ({ reasons, covers }) => {
        const isThere = reason === "" || reasons.includes(reason);
        return isThere && covers.some((name) => branch.test(name));
      }),
    ),
  ].join("\n");
}

function changesTable(rows: readonly SystemRow[]): string {
  const all = rows.flatMap(({ paths }) => paths.flatMap(({ changes }) => changes));
  return [
    "| change | system | path | STATUS |",
    "| --- | --- | --- | --- |",
    ...[...new Set(all)].toSorted().map((change) => {
      return shortestRow(change, rows, ({ changes }) => changes.includes(change));
    }),
  ].join("\n");
}

/** The shortest description among the paths that qualify is the easiest to read. */
function shortestRow(
  what: string,
  rows: readonly SystemRow[],
  qualifies: (path: PathRow) => boolean,
): string {
  const found = rows
    .flatMap(({ name: system, paths }) => paths.map((path) => ({ system, ...path })))
    .filter(qualifies)
    .toSorted((a, b) => a.description.length - b.description.length)[0];
  if (found === undefined) return `| ${what} | none | | |`;
  const text = found.description.replaceAll("|", "\\|");
  return `| ${what} | \`${found.system}\` | \`${found.id}\` | ${text} |`;
}

/** Why no shipped system takes a branch; what is not named here is still to be found. */
const hidden: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    widerSystems.flatMap(({ what, branches }) => branches.map((name) => [name, what])),
  ),
  "controlPlaneComponent running.young after:forgetting#0":
    "nobody waits ten minutes in which nothing else happens",
  "podWorker terminated pleg.relisted#0": "the last clean-up ends before the next relist",
  "containerKill idle container.killRequested#0": "a pod never loses a container of its spec",
};

function missingList(branches: readonly BranchRow[], covered: ReadonlySet<string>): string {
  const missing = branches.filter(({ name }) => !covered.has(name));
  return missing
    .map(({ name }) => {
      const why = hidden[name];
      return `- \`${name}\`${why === undefined ? "" : `: ${why}`}`;
    })
    .join("\n");
}
