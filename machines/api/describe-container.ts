import { describeEnv, describeEnvFrom, type EnvPod } from "./describe-env.ts";
import { line, timeText } from "./describe-lines.ts";
import { describeProbe } from "./describe-probe.ts";
import { describeResources } from "./describe-resources.ts";
import type { Container, ContainerPort } from "./pod.ts";
import type { ContainerState, ContainerStatus } from "./pod-status.ts";
import { orNone } from "./printers.ts";
import { quote } from "./quote.ts";

/** A titled block of containers; kubectl/pkg/describe describeContainers. */
export function describeContainers(
  label: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  pod: EnvPod,
  inset = "",
): string {
  const nameInset = inset === "" ? "" : " ";
  const blocks = containers.map((container) => {
    const status = statuses.findLast(({ name }) => name === container.name);
    return line(1, `${nameInset}${container.name}:`) + describeContainer(container, status, pod);
  });
  const none = containers.length === 0 ? " <none>" : "";
  return line(0, `${inset}${label}:${none}`) + blocks.join("");
}

function describeContainer(
  container: Container,
  status: ContainerStatus | undefined,
  pod: EnvPod,
): string {
  return [
    status === undefined ? "" : line(2, `Container ID:\t${status.containerID ?? ""}`),
    line(2, `Image:\t${container.image ?? ""}`),
    status === undefined ? "" : line(2, `Image ID:\t${status.imageID ?? ""}`),
    portLines(container.ports ?? []),
    seccompLines(container),
    textLines("Command", container.command ?? []),
    textLines("Args", container.args ?? []),
    status === undefined ? "" : statusLines(status),
    describeResources(container.resources ?? {}, 2),
    probeLines(container),
    describeEnvFrom(container.envFrom ?? []),
    describeEnv(container, pod),
    mountLines(container),
  ].join("");
}

function portLines(ports: readonly ContainerPort[]): string {
  const list = (numberOf: (port: ContainerPort) => number): string =>
    ports
      .map((port) => {
        const text = `${numberOf(port)}/${port.protocol ?? ""}`;
        return port.name ? `${text} (${port.name})` : text;
      })
      .join(", ");
  const own = list((port) => port.containerPort);
  const host = list((port) => port.hostPort ?? 0);
  return [
    line(2, `${own.includes(",") ? "Ports" : "Port"}:\t${orNone(own)}`),
    line(2, `${host.includes(",") ? "Host Ports" : "Host Port"}:\t${orNone(host)}`),
  ].join("");
}

function seccompLines({ securityContext }: Container): string {
  const profile = securityContext?.seccompProfile;
  if (profile === undefined) return "";
  const type = line(2, `SeccompProfile:\t${profile.type}`);
  if (profile.type !== "Localhost") return type;
  return type + line(3, `LocalhostProfile:\t${profile.localhostProfile ?? ""}`);
}

function textLines(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return "";
  const lines = texts.flatMap((text) => text.split("\n")).map((text) => line(3, text));
  return line(2, `${title}:`) + lines.join("");
}

function statusLines({ state, lastState, ready, restartCount = 0 }: ContainerStatus): string {
  return [
    stateLines("State", state ?? {}),
    lastState?.terminated === undefined ? "" : stateLines("Last State", lastState),
    line(2, `Ready:\t${ready === true ? "True" : "False"}`),
    line(2, `Restart Count:\t${restartCount}`),
  ].join("");
}

/** describeStatus: a state with nothing in it reads as Waiting. */
function stateLines(title: string, { running, waiting, terminated }: ContainerState): string {
  if (running !== undefined) {
    return line(2, `${title}:\tRunning`) + line(3, `Started:\t${timeText(running.startedAt)}`);
  }
  if (waiting !== undefined || terminated === undefined) {
    return line(2, `${title}:\tWaiting`) + ifSet("Reason", waiting?.reason);
  }
  const { reason, message, exitCode, signal = 0, startedAt, finishedAt } = terminated;
  return [
    line(2, `${title}:\tTerminated`),
    ifSet("Reason", reason),
    ifSet("Message", message),
    line(3, `Exit Code:\t${exitCode}`),
    signal > 0 ? line(3, `Signal:\t${signal}`) : "",
    line(3, `Started:\t${timeText(startedAt)}`),
    line(3, `Finished:\t${timeText(finishedAt)}`),
  ].join("");
}

function ifSet(title: string, value: string | undefined): string {
  return value ? line(3, `${title}:\t${value}`) : "";
}

function probeLines({ livenessProbe, readinessProbe, startupProbe }: Container): string {
  const probes = [
    ["Liveness", livenessProbe],
    ["Readiness", readinessProbe],
    ["Startup", startupProbe],
  ] as const;
  return probes
    .map(([title, probe]) => (probe ? line(2, `${title}:\t${describeProbe(probe)}`) : ""))
    .join("");
}

function mountLines({ volumeMounts = [], volumeDevices = [] }: Container): string {
  const none = volumeMounts.length === 0 ? "\t<none>" : "";
  const mounts = volumeMounts.toSorted((a, b) => comparePaths(a.mountPath, b.mountPath));
  const devices = volumeDevices.toSorted((a, b) => comparePaths(a.devicePath, b.devicePath));
  return [
    line(2, `Mounts:${none}`),
    ...mounts.map(({ mountPath, name, readOnly, subPath }) => {
      const flags = `${readOnly === true ? "ro" : "rw"}${subPath ? `,path=${quote(subPath)}` : ""}`;
      return line(3, `${mountPath} from ${name} (${flags})`);
    }),
    devices.length === 0 ? "" : line(2, `Devices:${none}`),
    ...devices.map(({ devicePath, name }) => line(3, `${devicePath} from ${name}`)),
  ].join("");
}

function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
