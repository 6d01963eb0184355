import { isPod } from "../../machines/api/objects.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { ObjectMeta } from "../../machines/api/meta.ts";
import type { Container, Pod, PodSpec } from "../../machines/api/pod.ts";
import type { Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import type { KubeletSetting } from "../manifest/kubelets.ts";
import { parseKubectl } from "../manifest/scenario/kubectl.ts";
import type { OpenRule } from "./open-rule.ts";
import { isWorkload, podSpecsOf } from "./pod-specs.ts";
import type { OpenStep } from "./open-step.ts";
import type { ExploredSystem } from "./system-file.ts";

/** Manifests alone as a system: what of a pod's life is usually open. */
export function standardSystem(
  name: string,
  objects: readonly KubeObject[],
  kubelets: readonly KubeletSetting[],
): ExploredSystem {
  const specs = podSpecsOf({ objects });
  return {
    name,
    description: "Pulls, processes, probes and deletions are open.",
    objects,
    kubelets,
    files: {},
    machines: [],
    environment: [],
    open: {
      deliveries: "in order",
      choices: { "image pull outcome": ["pulled", "not found"], ...probeChoices(specs) },
      environment: [processes],
      steps: [...objects.filter(isPod).map(deletion), ...objects.filter(isWorkload).map(scaling)],
    },
    bounds: { horizonMs: 900_000, messages: 100, restarts: 1, pulls: 2 },
  };
}

const processes: OpenRule = {
  line: 0,
  when: {},
  process: [
    { label: "{}", answer: { line: 0 } },
    { label: "{ runs: 3s, exits: 0 }", answer: { line: 0, runsMs: 3_000, exitCode: 0 } },
    { label: "{ runs: 3s, exits: 1 }", answer: { line: 0, runsMs: 3_000, exitCode: 1 } },
  ],
};

function probeChoices(pods: readonly PodSpec[]): Readonly<Record<string, readonly string[]>> {
  const containers: readonly Container[] = pods.flatMap((spec) => [
    ...(spec.initContainers ?? []),
    ...spec.containers,
  ]);
  const kinds = ["startup", "liveness", "readiness"] as const;
  const asked = kinds.filter((kind) => containers.some((one) => one[`${kind}Probe`] !== undefined));
  return Object.fromEntries(asked.map((kind) => [`${kind} probe`, ["success", "failure"]]));
}

function deletion({ metadata }: Pod): OpenStep {
  return stepOf(`delete pod ${metadata.name}`, metadata);
}

/** To one pod more. */
function scaling({ kind, metadata, spec }: Deployment | ReplicaSet): OpenStep {
  const replicas = (spec.replicas ?? 1) + 1;
  return stepOf(`scale ${kind.toLowerCase()} ${metadata.name} --replicas=${replicas}`, metadata);
}

function stepOf(words: string, { namespace = "default" }: ObjectMeta): OpenStep {
  const text = `${words}${namespace === "default" ? "" : ` -n ${namespace}`}`;
  const command = parseKubectl(text);
  if ("expected" in command) throw new Error(`kubectl ${text}: expected ${command.expected}`);
  const step = { line: 0, atMs: 0, do: "kubectl", text, command } as const;
  return { step, label: `kubectl ${text}`, atMost: 1 };
}
