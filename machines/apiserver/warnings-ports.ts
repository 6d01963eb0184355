import type { Container, PodSpec } from "../api/pod.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { containersOf } from "./visit-containers.ts";

type Port = NonNullable<Unchecked<Container>["ports"]>[number];

interface PortAt {
  readonly at: string;
  readonly port: Port;
}

/** Ports of a pod that get in each other's way; pkg/api/pod/warnings.go. */
export function warningsForPorts(spec: Unchecked<PodSpec>, before: string): readonly string[] {
  const ports = containersOf(spec, before).flatMap(({ container, path }) => {
    return (container.ports ?? []).map((port, index) => ({ at: `${path}.ports[${index}]`, port }));
  });
  return [...ports.flatMap((one, index) => ofPort(one, ports.slice(0, index))), ...ofNames(ports)];
}

function ofPort({ at, port }: PortAt, before: readonly PortAt[]): readonly string[] {
  const { name = "", hostPort = 0, hostIP = "", containerPort = 0, protocol = "" } = port;
  const fields = `Name:${name} HostPort:${hostPort} ContainerPort:${containerPort}`;
  const shown = `{${fields} Protocol:${protocol} HostIP:${hostIP}}`;
  const isLost = hostIP !== "" && hostPort === 0;
  const same = before.filter((other) => {
    const isSameNumber = (other.port.containerPort ?? 0) === containerPort;
    return isSameNumber && (other.port.protocol ?? "") === protocol;
  });
  return [
    ...(isLost ? [`${at}: hostIP set without hostPort: ${shown}`] : []),
    ...same.flatMap((other) => {
      const conflict = conflictOf(port, other.port);
      return conflict === undefined ? [] : [`${at}: ${conflict} port definition with ${other.at}`];
    }),
  ];
}

function conflictOf(a: Port, b: Port): string | undefined {
  const [ipA, ipB] = [a.hostIP ?? "", b.hostIP ?? ""];
  const [portA, portB] = [a.hostPort ?? 0, b.hostPort ?? 0];
  if (ipA === ipB && portA === portB) return "duplicate";
  if (portA === 0 || portB === 0) return "overlapping";
  const isAmbiguous = portA === portB && (ipA === "") !== (ipB === "");
  return isAmbiguous ? "dangerously ambiguous" : undefined;
}

function ofNames(ports: readonly PortAt[]): readonly string[] {
  const first = new Map<string, string>();
  return ports.flatMap(({ at, port: { name = "" } }) => {
    const other = first.get(name);
    if (name !== "" && other === undefined) first.set(name, at);
    if (name === "" || other === undefined) return [];
    const use = `services and probes that select ports by name will use ${other}`;
    return [`${at}: duplicate port name ${quote(name)} with ${other}, ${use}`];
  });
}
