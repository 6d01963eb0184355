import type { KubeObject } from "../../machines/api/meta.ts";
import type { Container, ContainerRestartRule, Pod } from "../../machines/api/pod.ts";
import type { Script } from "./scripts.ts";

const featureGates = { RestartAllContainersOnContainerExits: true, NodeDeclaredFeatures: true };

/** The same script where every rule restarts all containers, and every kubelet knows how. */
export function restartingAll(script: Script): Script {
  const files = Object.entries(script.files).map(([name, objects]) => {
    return [name, objects.map((one) => ({ ...one, object: ruled(one.object) }))] as const;
  });
  return {
    ...script,
    objects: script.objects.map(ruled),
    files: Object.fromEntries(files),
    kubelets: script.kubelets.map(({ configuration, ...others }) => {
      return { ...others, configuration: { ...configuration, featureGates } };
    }),
  };
}

function ruled(object: KubeObject): KubeObject {
  if (!isPod(object)) return object;
  const pod: Pod = { ...object, spec: ruledSpec(object.spec) };
  return pod;
}

/** Every regular container has a rule, for every failure. */
function ruledSpec(spec: Pod["spec"]): Pod["spec"] {
  return { ...spec, containers: spec.containers.map((one) => ({ ...one, ...ruleOf(one) })) };
}

const rule: ContainerRestartRule = {
  action: "RestartAllContainers",
  exitCodes: { operator: "NotIn", values: [0] },
};

function ruleOf({ restartPolicy = "Never" }: Container) {
  return { restartPolicy, restartPolicyRules: [rule] };
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}
