/**
 * Machines of the control plane and of nodes that every cluster has but explored systems do
 * without, unless a system names them; with what each does. A row here is all that makes one
 * optional, as long as who wakes it asks `ControllersSide.runs` first.
 */
export const optionalMachines = [
  ["nodeLifecycle", "Finds nodes whose leases end, and taints them; one for the cluster."],
  ["nodeTaint", "Keeps the NoSchedule taints of each node what its conditions say."],
  ["taintEviction", "Deletes pods that do not tolerate their node's NoExecute taints."],
  ["podGc", "Deletes pods whose nodes are gone, and others that nobody else deletes."],
  ["garbageCollector", "Deletes objects whose owners are gone, and lets owners wait for them."],
  ["namespace", "Empties namespaces that are being deleted, their pods first, and lets them go."],
  ["crdFinalizer", "Deletes the objects of a kind whose CustomResourceDefinition is deleted."],
  ["kubeProxy", "Writes the rules that send connections to endpoints; one on each node."],
] as const;

export const optionalMachineNames: readonly string[] = optionalMachines.map(([name]) => name);
