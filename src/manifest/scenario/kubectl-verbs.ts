/** What a verb of kubectl takes; flags are the long names, in the order of its help. */
export interface VerbForm {
  readonly usage: string;
  /** `objects` may also be a file, `pod` and `node` are names of that kind alone. */
  readonly takes: "objects" | "file" | "pod" | "node";
  /** Its first word: `rollout undo`. */
  readonly subcommands?: readonly string[];
  /** What changes follow the names: `a=b`, `a-`. */
  readonly hasChanges?: boolean;
  /** `-- command` follows. */
  readonly command?: "needed" | "allowed";
  /** Flags without which it does nothing. */
  readonly needs?: readonly string[];
  readonly values: readonly string[];
  readonly switches: readonly string[];
}

/** Every verb that a step may use. */
export const kubectlVerbs = {
  create: {
    usage: "create -f FILE, or create TYPE NAME",
    takes: "objects",
    values: ["filename", "from", "from-literal", "image", "schedule", "tcp"],
    switches: [],
  },
  apply: {
    usage: "apply -f FILE",
    takes: "file",
    needs: ["filename"],
    values: ["filename", "field-manager"],
    switches: ["overwrite", "server-side", "force-conflicts"],
  },
  replace: {
    usage: "replace -f FILE",
    takes: "file",
    needs: ["filename"],
    values: ["filename", "grace-period"],
    switches: ["force"],
  },
  delete: {
    usage: "delete TYPE NAME…, delete TYPE/NAME…, or delete -f FILE",
    takes: "objects",
    values: ["filename", "selector", "field-selector", "grace-period", "cascade", "timeout"],
    switches: ["force", "wait", "now", "all", "ignore-not-found"],
  },
  patch: {
    usage: "patch TYPE NAME -p PATCH",
    takes: "objects",
    needs: ["patch"],
    values: ["patch", "type", "subresource"],
    switches: [],
  },
  label: {
    usage: "label TYPE NAME… KEY=VALUE… KEY-…",
    takes: "objects",
    hasChanges: true,
    values: ["selector", "field-selector"],
    switches: ["overwrite", "all"],
  },
  annotate: {
    usage: "annotate TYPE NAME… KEY=VALUE… KEY-…",
    takes: "objects",
    hasChanges: true,
    values: ["selector", "field-selector"],
    switches: ["overwrite", "all"],
  },
  taint: {
    usage: "taint node NAME… KEY=VALUE:EFFECT… KEY[:EFFECT]-…",
    takes: "objects",
    hasChanges: true,
    values: ["selector"],
    switches: ["overwrite", "all"],
  },
  cordon: { usage: "cordon NODE…", takes: "node", values: ["selector"], switches: [] },
  uncordon: { usage: "uncordon NODE…", takes: "node", values: ["selector"], switches: [] },
  drain: {
    usage: "drain NODE…",
    takes: "node",
    values: ["selector", "grace-period", "timeout", "pod-selector"],
    switches: ["ignore-daemonsets", "force", "delete-emptydir-data", "disable-eviction"],
  },
  expose: {
    usage: "expose TYPE NAME [--port=PORT] [--target-port=PORT] [--name=NAME]",
    takes: "objects",
    values: ["port", "target-port", "name", "type", "protocol", "cluster-ip", "session-affinity"],
    switches: [],
  },
  debug: {
    usage: "debug POD --image=IMAGE [-- COMMAND]",
    takes: "pod",
    command: "allowed",
    needs: ["image"],
    values: ["image", "container", "target", "profile", "env"],
    switches: ["attach"],
  },
  exec: {
    usage: "exec POD [-c CONTAINER] -- COMMAND",
    takes: "pod",
    command: "needed",
    values: ["container"],
    switches: [],
  },
  set: {
    usage: "set env|image|resources TYPE/NAME… CHANGE…",
    takes: "objects",
    subcommands: ["env", "image", "resources"],
    hasChanges: true,
    values: ["selector", "containers", "requests", "limits", "env"],
    switches: ["all", "overwrite"],
  },
  scale: {
    usage: "scale TYPE/NAME… --replicas=N",
    takes: "objects",
    needs: ["replicas"],
    values: ["replicas", "current-replicas", "selector", "timeout"],
    switches: ["all"],
  },
  rollout: {
    usage: "rollout status|history|pause|resume|restart|undo TYPE/NAME…",
    takes: "objects",
    subcommands: ["status", "history", "pause", "resume", "restart", "undo"],
    values: ["to-revision", "revision", "timeout", "selector"],
    switches: ["watch"],
  },
  wait: {
    usage: "wait TYPE/NAME… --for=CONDITION",
    takes: "objects",
    needs: ["for"],
    values: ["for", "timeout", "selector"],
    switches: ["all"],
  },
  get: {
    usage: "get TYPE NAME…",
    takes: "objects",
    values: ["output", "selector", "field-selector"],
    switches: ["all-namespaces", "show-labels"],
  },
} as const satisfies Readonly<Record<string, VerbForm>>;

export type KubectlVerb = keyof typeof kubectlVerbs;

/** The long name of a flag's letter. */
export const shortFlags: Readonly<Record<string, string>> = {
  f: "filename",
  n: "namespace",
  l: "selector",
  p: "patch",
  c: "container",
  o: "output",
  A: "all-namespaces",
};
