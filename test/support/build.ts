import type { Container, Pod, PodSpec } from "../../machines/api/pod.ts";

/** A pod as the API server would have created it, with one container `app` unless told otherwise. */
export function buildPod(name: string, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default", uid: `uid-of-${name}`, generation: 1 },
    spec: {
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      containers: [buildContainer("app")],
      ...spec,
    },
    status: { phase: "Pending", qosClass: "BestEffort" },
  };
}

export function buildContainer(name: string, container: Partial<Container> = {}): Container {
  return { name, image: "registry.example/app:1.0", imagePullPolicy: "IfNotPresent", ...container };
}
