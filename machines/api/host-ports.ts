import { type Container, type ContainerPort, isRestartableInitContainer } from "./pod.ts";

interface PortedSpec {
  readonly containers: readonly Pick<Container, "ports">[];
  readonly initContainers?: readonly Pick<Container, "ports" | "restartPolicy">[];
}

/** The ports of the node that a running pod holds. pkg/scheduler/util/utils.go GetHostPorts */
export function getHostPorts(spec: PortedSpec): readonly ContainerPort[] {
  const { containers, initContainers = [] } = spec;
  if (!hasPorts(containers) && !hasPorts(initContainers)) return noPorts;
  const sidecars = initContainers.filter(isRestartableInitContainer);
  const ports = [...sidecars, ...containers].flatMap((container) => container.ports ?? []);
  return ports.filter(({ hostPort = 0 }) => hostPort > 0);
}

function hasPorts(containers: PortedSpec["containers"]): boolean {
  for (const { ports } of containers) if (ports !== undefined) return true;
  return false;
}

const noPorts: readonly ContainerPort[] = [];

/** kube-scheduler framework/types.go HostPortInfo.CheckConflict: no address means every one. */
export function hostPortsConflict(one: ContainerPort, other: ContainerPort): boolean {
  if (one.hostPort !== other.hostPort) return false;
  if ((one.protocol ?? "TCP") !== (other.protocol ?? "TCP")) return false;
  const [ip, otherIp] = [one.hostIP || anyAddress, other.hostIP || anyAddress];
  return ip === anyAddress || otherIp === anyAddress || ip === otherIp;
}

const anyAddress = "0.0.0.0";
