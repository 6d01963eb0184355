import type { CommandModule, CommandText } from "./command.ts";

interface Command extends CommandText {
  /** Loads its file, which nothing else needs. */
  readonly load: () => Promise<CommandModule>;
}

/** In the order of `--help`. */
export const commands: readonly Command[] = [
  {
    name: "run",
    group: "Run a cluster",
    parameters: "<files…|->",
    summary: "Lets pods live on a virtual cluster, and tells their lives.",
    example: "kubechart run pods.yaml --scenario weather.scenario.yaml",
    load: () => import("./run.ts"),
  },
  {
    name: "explore",
    group: "Explore every life",
    parameters: "<name|file>",
    summary: "Goes through every state of a system, and says what of its charts was taken.",
    example: "kubechart explore container",
    load: () => import("./explore.ts"),
  },
  {
    name: "paths",
    group: "Explore every life",
    parameters: "<name|file>",
    summary: "Finds few paths that take every branch of every chart in a system.",
    example: "kubechart paths container -o json --out suites",
    load: () => import("./paths.ts"),
  },
  {
    name: "replay",
    group: "Explore every life",
    parameters: "<file>",
    summary: "Lives a life again that kubechart explore has written down, and tells it.",
    example: "kubechart replay violations/3f2a9c11d0e4.path.json",
    load: () => import("./replay.ts"),
  },
  {
    name: "machines",
    group: "Look at the machines",
    parameters: "",
    summary: "Lists every machine, one a line, its id first.",
    example: "kubechart machines",
    load: () => import("./machines.ts"),
  },
  {
    name: "diagram",
    group: "Look at the machines",
    parameters: "<machine|chart.yaml|system>",
    summary:
      "Draws a machine, a chart or a system, as a picture or for Mermaid, Graphviz, PlantUML and others.",
    example: "kubechart diagram container -o svg --out pictures",
    load: () => import("./diagram.ts"),
  },
  {
    name: "lint",
    group: "Write charts",
    parameters: "<file…>",
    summary: "Finds every mistake of charts, with its place and the nearest right name.",
    example: "kubechart lint door.yaml --implementation door.machine.js",
    load: () => import("./lint.ts"),
  },
  {
    name: "generate",
    group: "Write charts",
    parameters: "<chart.yaml…>",
    summary: "Writes charts as typed constants for setup(…).createMachine.",
    example: "kubechart generate door.yaml",
    load: () => import("./generate.ts"),
  },
];
