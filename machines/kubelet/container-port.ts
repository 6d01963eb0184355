import type { Container } from "../api/pod.ts";
import { quote } from "../api/quote.ts";

export interface ResolvedPort {
  readonly port: number;
  readonly error?: string;
}

/** A port by number or by name, for probes and hooks. pkg/probe/util.go ResolveContainerPort */
export function resolveContainerPort(
  port: number | string,
  container: Pick<Container, "ports">,
): ResolvedPort {
  if (typeof port === "number") return validPort(port);
  const named = container.ports?.find(({ name }) => name === port);
  if (named !== undefined) return validPort(named.containerPort);
  if (/^[+-]?\d+$/.test(port)) return validPort(Number(port));
  return { port: 0, error: `strconv.Atoi: parsing ${quote(port)}: invalid syntax` };
}

function validPort(port: number): ResolvedPort {
  return port > 0 && port < 65536 ? { port } : { port, error: `invalid port number: ${port}` };
}
