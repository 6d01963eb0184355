import {
  field,
  type Form,
  given,
  someOf,
  needed,
  record,
  scalar,
  timeline,
  words,
} from "./form.ts";
import { count, duration, quantity } from "./scalar-forms.ts";

/** What the processes of a container use from a moment on, counted from the container's start. */
export interface MemoryPoint {
  readonly line: number;
  readonly atMs: number;
  readonly usageBytes: number;
  /** Which process uses most of it: the main one or a child. */
  readonly largest: "main" | "child";
}

const at = needed(duration, "Time since the container's start.");

export const memoryForm: Form<readonly MemoryPoint[]> = timeline(
  record(
    "the memory in use from a moment on",
    {
      at,
      uses: needed(quantity, "Memory that its processes use together; the program decides that."),
      largest: field(
        words(["main", "The process with PID 1."], ["child", "A process that it has started."]),
        "Which of them uses most; the main one unless given. The kernel picks its victim by that.",
      ),
    },
    ({ at: atMs, uses: usageBytes, largest = "main" }, { line }) => {
      return { line, atMs, usageBytes, largest };
    },
  ),
  "a list of { at, uses }",
);

/** Where on the node's disk something is written. */
export type DiskPlace = "writable layer" | "container log" | { readonly volume: string };

/** What a container has on disk from a moment on, counted from the container's start. */
export interface DiskPoint {
  readonly line: number;
  readonly atMs: number;
  readonly of: DiskPlace;
  readonly usageBytes?: number;
  readonly inodes?: number;
}

const place: Form<DiskPlace> = scalar<DiskPlace>(
  "writable layer, container log, or the name of a volume",
  {
    anyOf: [
      { enum: ["writable layer", "container log"] },
      { type: "string", pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" },
    ],
  },
  (value) => {
    if (value === "writable layer" || value === "container log") return value;
    const isVolume = typeof value === "string" && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value);
    return isVolume ? { volume: value } : undefined;
  },
);

const diskPoint: Form<DiskPoint> = record(
  "the disk space in use from a moment on",
  {
    at,
    uses: field(quantity, "Bytes on disk; the program decides what it writes."),
    inodes: field(count, "Files and folders."),
    of: field(place, "Where: the writable layer unless given, the container log, or a volume."),
  },
  ({ at: atMs, uses: usageBytes, inodes, of = "writable layer" }, { line, wrong }) => {
    if (usageBytes === undefined && inodes === undefined) wrong("uses", "uses or inodes");
    return given({ line, atMs, of, usageBytes, inodes });
  },
);

const diskPoints = someOf(diskPoint, "a list of { at, uses }");

/** In the order of time; two places may change at once. */
export const diskForm: Form<readonly DiskPoint[]> = {
  schema: diskPoints.schema,
  read: (node, where) => diskPoints.read(node, where)?.toSorted((a, b) => a.atMs - b.atMs),
};

/** How many processes a container has from a moment on. */
export interface ProcessesPoint {
  readonly line: number;
  readonly atMs: number;
  readonly count: number;
}

export const processesForm: Form<readonly ProcessesPoint[]> = timeline(
  record(
    "the number of processes from a moment on",
    { at, count: needed(count, "Processes and threads; the program decides how many it starts.") },
    (values, { line }) => ({ line, atMs: values.at, count: values.count }),
  ),
  "a list of { at, count }",
);
