import type { Service } from "../../machines/api/network-objects.ts";
import type { Pod } from "../../machines/api/pod.ts";

/** The service of the recorded cases. */
export const webService: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: {
    name: "web",
    namespace: "default",
    uid: "uid-web",
    creationTimestamp: "2026-03-01T10:36:40Z",
  },
  spec: {
    type: "ClusterIP",
    clusterIP: "10.96.0.10",
    ipFamilies: ["IPv4"],
    ports: [{ name: "http", port: 80, protocol: "TCP", targetPort: 8080 }],
    selector: { app: "web" },
  },
};

/** One of its pods, named after its address. */
export function readyPod(podIP: string, nodeName = "n1"): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `p-${podIP}`,
      namespace: "default",
      uid: `uid-p-${podIP}`,
      labels: { app: "web" },
    },
    spec: { containers: [], nodeName },
    status: {
      phase: "Running",
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-03-01T11:59:10Z" }],
    },
  };
}
