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
}

interface BranchRow {
  readonly machine: string;
  readonly name: string;
}

const waitingReasons = [
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
];

/** What people look for, by what the page calls it: a reason on the way, and a branch. */
const sought: readonly (readonly [what: string, reason: string, branch?: RegExp])[] = [
  ["OOMKilled, main process", "OOMKilled", /^containerMemory withinLimit memory\.used#0$/],
  ["OOMKilled, child process", "OOMKilled", /^containerMemory withinLimit memory\.used#2$/],
  ["OOMKilled, node out of memory", "OOMKilled", /^containerMemory .* memory\.nodeExhausted#0$/],
  ["Evicted, memory", "Evicted", /^evictionManager memoryPressure\.clear stats\.observed#0$/],
  ["Evicted, disk", "Evicted", /^evictionManager diskPressure\.clear stats\.observed#0$/],
  ["Evicted, processes", "Evicted", /^evictionManager pidPressure\.clear stats\.observed#0$/],
  ["Evicted at admission", "Evicted", /^kubelet running pod\.added#1$/],
  ...waitingReasons.map((reason) => [reason, reason] as const),
];

/** docs/coverage.md: what the shipped systems take of the charts, and what they do not. */
export function coveragePage(rows: readonly SystemRow[], branches: readonly BranchRow[]): string {
  const covered = new Set(rows.flatMap((row) => row.covered));
  return (
    [
      "# Coverage of the charts by the shipped systems",
      "Written by `npm run coverage`, which explores every file of `machines/systems/`.",
      `Together they take ${covered.size} of ${branches.length} branches.`,
      "## Systems",
      systemTable(rows),
      "## Machines",
      machineTable(branches, covered),
      "## Ways to what people look for",
      soughtTable(rows),
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

/** The shortest description among the paths that qualify is the easiest to read. */
function soughtTable(rows: readonly SystemRow[]): string {
  return [
    "| what | system | path | STATUS |",
    "| --- | --- | --- | --- |",
    ...sought.map(([what, reason, branch = /./]) => {
      const found = rows
        .flatMap((row) => row.paths.map((path) => ({ system: row.name, ...path })))
        .filter(({ reasons }) => reasons.includes(reason))
        .filter(({ covers }) => covers.some((name) => branch.test(name)))
        .toSorted((a, b) => a.description.length - b.description.length)[0];
      if (found === undefined) return `| ${what} | none | | |`;
      const text = found.description.replaceAll("|", "\\|");
      return `| ${what} | \`${found.system}\` | \`${found.id}\` | ${text} |`;
    }),
  ].join("\n");
}

function missingList(branches: readonly BranchRow[], covered: ReadonlySet<string>): string {
  const missing = branches.filter(({ name }) => !covered.has(name));
  return missing.map(({ name }) => `- \`${name}\``).join("\n");
}
