import { field, type Form, given, listOf, record, words } from "./form.ts";
import { count, duration, offset, quantity, text } from "./scalar-forms.ts";

/** What a node is like, apart from its Node object. */
export interface NodeAnswer {
  readonly line: number;
  readonly cgroup?: "v1" | "v2";
  readonly memoryBytes?: number;
  readonly memoryUsedBytes?: number;
  readonly diskBytes?: number;
  readonly diskUsedBytes?: number;
  readonly inodes?: number;
  readonly inodesUsed?: number;
  /** Of the file system that images have of their own. */
  readonly imageDiskBytes?: number;
  readonly imageDiskUsedBytes?: number;
  /** Where the writable layers of containers are then. */
  readonly layers?: "with images" | "with kubelet";
  readonly pids?: number;
  readonly pidsUsed?: number;
  /** How far the node's clock is ahead of the API server's; behind when negative. */
  readonly clockAheadMs?: number;
  readonly relistAfterMs?: number;
  /** What its runtime has before anything happens. */
  readonly images?: readonly string[];
}

export const nodeForm: Form<NodeAnswer> = record(
  "what a node is like",
  {
    cgroup: field(
      words(
        ["v2", "Out of memory ends all processes of the container, unless singleProcessOOMKill."],
        ["v1", "Out of memory ends one process."],
      ),
      "The kernel's cgroup version, v2 unless given: the node's system decides it.",
    ),
    memory: field(quantity, "The machine's memory; the Node's capacity unless given."),
    memoryUsed: field(quantity, "Memory that the system uses, apart from pods."),
    disk: field(quantity, "The size of the file system with the kubelet's folder."),
    diskUsed: field(quantity, "What the system has written there, apart from pods and images."),
    inodes: field(count, "How many files that file system can hold."),
    inodesUsed: field(count, "How many the system has there, apart from pods and images."),
    imageDisk: field(
      quantity,
      "The size of a file system of its own for images; none unless given.",
    ),
    imageDiskUsed: field(quantity, "What is written there, apart from pods."),
    layers: field(
      words(
        ["with images", "On the images' file system."],
        ["with kubelet", "On the file system with the kubelet's folder."],
      ),
      "Where containers write if images have a file system of their own; with them unless given.",
    ),
    pids: field(count, "How many processes the kernel allows."),
    pidsUsed: field(count, "How many the system has, apart from pods."),
    clock: field(
      offset,
      "How far its clock, which its kubelet and its runtime write times by, is ahead of the " +
        "API server's; behind when negative.",
    ),
    images: field(listOf(text, "a list of images"), "Images that earlier pods left on the node."),
    relistAfter: field(duration, "When its kubelet first relists containers; then once a second."),
  },
  (values, { line }) =>
    given({
      line,
      cgroup: values.cgroup,
      memoryBytes: values.memory,
      memoryUsedBytes: values.memoryUsed,
      diskBytes: values.disk,
      diskUsedBytes: values.diskUsed,
      inodes: values.inodes,
      inodesUsed: values.inodesUsed,
      imageDiskBytes: values.imageDisk,
      imageDiskUsedBytes: values.imageDiskUsed,
      layers: values.layers,
      pids: values.pids,
      pidsUsed: values.pidsUsed,
      clockAheadMs: values.clock,
      relistAfterMs: values.relistAfter,
      images: values.images,
    }),
);
