import type { Node } from "../../machines/api/node.ts";
import { quantityValue } from "../../machines/api/quantity.ts";
import { mustParse } from "../../machines/api/quantity-text.ts";
import type { NodeAnswer } from "../manifest/scenario/node-answers.ts";
import type { NodeMachine } from "../system/usage-notes.ts";

/** What of its kubelet's configuration is kept from pods. */
export interface Reserved {
  readonly systemReserved?: Readonly<Record<string, string>>;
  readonly kubeReserved?: Readonly<Record<string, string>>;
}

/** What a Node's machine has, as a scenario says it, else as the object does. */
export function nodeMachine(
  object: Pick<Node, "status">,
  answer: Partial<NodeAnswer> = {},
  { systemReserved, kubeReserved }: Reserved = {},
): NodeMachine {
  const capacity = { ...usual, ...object.status?.capacity };
  const memory = answer.memoryBytes ?? bytesOf(capacity.memory);
  const disk = answer.diskBytes ?? bytesOf(capacity["ephemeral-storage"]);
  const reserved = [systemReserved, kubeReserved].map((one) => bytesOf(one?.["memory"] ?? "0"));
  const { imageDiskBytes: imageDisk = 0, layers = "with images" } = answer;
  return {
    cgroup: answer.cgroup ?? "v2",
    fileSystems: {
      dedicatedImageFs: imageDisk > 0,
      dedicatedContainerFs: imageDisk > 0 && layers === "with kubelet",
    },
    capacity: {
      memory,
      podsMemory: reserved.reduce((left, bytes) => left - bytes, memory),
      disk,
      inodes: answer.inodes ?? Math.floor(disk / bytesPerInode),
      imageDisk,
      imageInodes: Math.floor(imageDisk / bytesPerInode),
      pids: answer.pids ?? usualPids,
    },
    system: {
      memory: answer.memoryUsedBytes ?? 0,
      disk: answer.diskUsedBytes ?? 0,
      inodes: answer.inodesUsed ?? 0,
      imageDisk: answer.imageDiskUsedBytes ?? 0,
      pids: answer.pidsUsed ?? 0,
    },
    others: {},
  };
}

/** Where nobody says anything, the machine of a small cluster. */
const usual = { memory: "8Gi", "ephemeral-storage": "100Gi" };
/** mke2fs.conf inode_ratio. */
const bytesPerInode = 16_384;
/** Linux include/linux/threads.h PID_MAX_DEFAULT. */
const usualPids = 32_768;

function bytesOf(quantity: string | number): number {
  return quantityValue(mustParse(quantity));
}
