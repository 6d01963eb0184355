import type { Node } from "../../machines/api/node.ts";
import type { NodeAnswer } from "../manifest/scenario/node-answers.ts";
import type { NodeConfiguration, NodeSide } from "../system/node-side.ts";
import { nodeMachine, type Reserved } from "./node-machine.ts";

/** A node of a small cluster, for manifests that bring none; `nth` counts from 0. */
export function defaultNode(name: string, nth = 0): Node {
  const capacity = { cpu: "4", memory: "8Gi", "ephemeral-storage": "100Gi", pods: "110" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      uid: `00000000-0000-4000-8000-${[...name]
        .map((one) => one.codePointAt(0) ?? 0)
        .join("")
        .slice(-12)
        .padStart(12, "0")}`,
      labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" },
    },
    spec: {},
    status: {
      capacity,
      allocatable: capacity,
      addresses: [
        { type: "InternalIP", address: nodeIP(nth) },
        { type: "Hostname", address: name },
      ],
      conditions: [],
      nodeInfo: { kubeletVersion: "v1.35.4", containerRuntimeVersion: "containerd://2.2.0" },
    },
  };
}

type KubeletSettings = NodeConfiguration & Reserved & { readonly singleProcessOOMKill?: boolean };

/** What the machine itself adds to a Node object: its runtime's images, its cgroups, a kubelet. */
export function nodeSide(
  object: Node,
  nowMs: number,
  said?: NodeAnswer,
  configuration: KubeletSettings = {},
  nth = 0,
): NodeSide {
  const machine = nodeMachine(object, said, configuration);
  return {
    name: object.metadata.name,
    images: said?.images ?? [],
    kubeletStartedAt: nowMs,
    killsGroup: machine.cgroup === "v2" && configuration.singleProcessOOMKill !== true,
    ...(said?.clockAheadMs !== undefined && { clockAheadMs: said.clockAheadMs }),
    relistPhaseMs: said?.relistAfterMs ?? 0,
    networkIsReady: true,
    nth,
    ip: internalIP(object) ?? nodeIP(nth),
    addresses: 0,
    pods: [],
    pressure: [],
    isWatching: true,
    machine,
    configuration,
  };
}

function internalIP({ status }: Node): string | undefined {
  return status?.addresses?.find(({ type }) => type === "InternalIP")?.address;
}

/** The first address is the gateway's. */
function nodeIP(nth: number): string {
  const number = nth + 2;
  return `192.168.${Math.floor(number / 254)}.${number % 254}`;
}
