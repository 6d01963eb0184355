import type { JsonObject } from "../structure.ts";
import { flagOf, type KubectlCommand } from "./kubectl.ts";

/**
 * The manifest that `kubectl run` sends.
 * staging/src/k8s.io/kubectl/pkg/generate/versioned/run.go BasicPod
 */
export function podOfRun(
  command: Pick<KubectlCommand, "targets" | "flags" | "command">,
): JsonObject {
  const name = command.targets[0]?.names[0] ?? "";
  const namespace = flagOf(command, "namespace");
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: labelsOf(name, command),
    },
    spec: {
      containers: [{ name, image: flagOf(command, "image") ?? "", ...containerOf(command) }],
      restartPolicy: flagOf(command, "restart") ?? "Always",
      dnsPolicy: "ClusterFirst",
    },
  };
}

function labelsOf(name: string, command: Pick<KubectlCommand, "flags">): JsonObject {
  const labels = flagOf(command, "labels");
  return labels === undefined ? { run: name } : Object.fromEntries(labels.split(",").map(pairOf));
}

function containerOf(command: Pick<KubectlCommand, "flags" | "command">): JsonObject {
  const { flags, command: words } = command;
  const env = (flags["env"] ?? []).map(pairOf).map(([name, value]) => ({ name, value }));
  const port = flagOf(command, "port");
  const policy = flagOf(command, "image-pull-policy");
  const key = flagOf(command, "command") === "true" ? "command" : "args";
  return {
    ...(words.length > 0 && { [key]: words }),
    ...(env.length > 0 && { env }),
    ...(port !== undefined && { ports: [{ containerPort: Number(port) }] }),
    ...(policy !== undefined && { imagePullPolicy: policy }),
  };
}

function pairOf(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  return equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}
