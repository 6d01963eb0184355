import type { Pod } from "../../api/pod.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, isFailure, usageError } from "./failure.ts";
import { rangeError, syntaxError } from "./flag-values.ts";
import type { Invocation } from "./invocation.ts";
import { attachable, timeoutMistake } from "./pods.ts";
import { valueAt } from "./read.ts";

/** kubectl/pkg/cmd/portforward/portforward.go */
export function portForward(call: Invocation): Failure | undefined {
  const [name, ...ports] = call.args;
  if (name === undefined || ports.length === 0) {
    return usageError(call.command, "TYPE/NAME and list of ports are required for port-forward");
  }
  const timeout = timeoutMistake(call);
  if (timeout !== undefined) return timeout;
  const found = attachable(call, name);
  if (isFailure(found)) return found;
  const { info, pod } = found;
  for (const text of ports) {
    const mistake = info.resource.kind === "Service" ? servicePort(info, text) : podPort(pod, text);
    if (mistake !== undefined) return mistake;
  }
  const phase = pod.status?.phase ?? "";
  if (phase !== "Running") {
    return failed(`unable to forward port because pod is not running. Current status=${phase}`);
  }
  return ports.map(portMistake).find((one) => one !== undefined);
}

function remoteOf(text: string): string {
  const [local = "", remote, ...more] = text.split(":");
  return more.length > 0 ? local : (remote ?? local);
}

function podPort({ metadata, spec }: Pod, text: string): Failure | undefined {
  const remote = remoteOf(text);
  if (/^[+-]?\d+$/.test(remote)) return undefined;
  const isNamed = spec.containers.some(({ ports = [] }) =>
    ports.some((one) => one.name === remote),
  );
  if (isNamed) return undefined;
  return failed(`Pod '${metadata.name}' does not have a named port '${remote}'`);
}

function servicePort({ object, name }: Info, text: string): Failure | undefined {
  const remote = remoteOf(text);
  const found = valueAt(object, ["spec", "ports"]);
  const ports: readonly unknown[] = Array.isArray(found) ? found : [];
  const isNumber = /^\d+$/.test(remote);
  const isThere = ports.some((one) => {
    return String(valueAt(one, [isNumber ? "port" : "name"])) === remote;
  });
  if (isThere) return undefined;
  return isNumber
    ? failed(`Service ${name} does not have a service port ${remote}`)
    : failed(`Service '${name}' does not have a named port '${remote}'`);
}

/** client-go/tools/portforward parsePorts */
function portMistake(text: string): Failure | undefined {
  const [local = ""] = text.split(":");
  const remote = remoteOf(text);
  const wrongLocal = local === "" ? undefined : uint16(local);
  if (wrongLocal !== undefined) {
    return failed(`error parsing local port '${local}': ${wrongLocal}`);
  }
  const wrongRemote = uint16(remote);
  if (wrongRemote !== undefined) {
    return failed(`error parsing remote port '${remote}': ${wrongRemote}`);
  }
  return Number(remote) === 0 ? failed("remote port must be > 0") : undefined;
}

function uint16(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return syntaxError("ParseUint", text);
  return Number(text) > 65_535 ? rangeError("ParseUint", text) : undefined;
}
