/** The part of a delivery that says who acts. */
export interface ActingDelivery {
  readonly from: string | null;
  readonly to: string;
  readonly event: { readonly type: string };
  readonly cause: number;
}

/** The component whose machine a delivery went to, by the name that it has in Kubernetes. */
export function actorOf({ from, to, event, cause }: ActingDelivery): string {
  const [, user] = /^request\/+(\S+)/.exec(to) ?? [];
  if (user !== undefined) return user;
  if (!to.startsWith("apiserver/")) return programOf(to);
  if (event.type === "request.bind") return scheduler;
  if (from !== null) return programOf(from);
  return cause > 0 ? scheduler : admin;
}

const admin = "kubernetes-admin";

const scheduler = "default-scheduler";

function programOf(address: string): string {
  const [machine = ""] = address.split("/");
  const [, elected] = /^leaderElection\/kube-system\/([^/]+)/.exec(address) ?? [];
  if (elected !== undefined) return elected;
  if (/^(?:scheduling|binding|scheduler)/.test(machine)) return scheduler;
  if (machine === "kubeProxy") return "kube-proxy";
  if (machine === "kubectl") return admin;
  return controllers[machine] ?? "kubelet";
}

/** By machine; cmd/kube-controller-manager/names/controller_names.go */
const controllers: Readonly<Record<string, string>> = {
  deployment: "deployment-controller",
  replicaSet: "replicaset-controller",
  endpoints: "endpoints-controller",
  endpointSlice: "endpointslice-controller",
  nodeLifecycle: "node-lifecycle-controller",
  nodeTaint: "node-lifecycle-controller",
  namespace: "namespace-controller",
  taintEviction: "taint-eviction-controller",
  serviceAccount: "serviceaccount-controller",
  rootCaCertPublisher: "root-ca-certificate-publisher-controller",
  resourceQuota: "resourcequota-controller",
  podGc: "pod-garbage-collector-controller",
  garbageCollector: "garbage-collector-controller",
};
