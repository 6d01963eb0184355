import { expect, it } from "vitest";

import { getHostPorts, hostPortsConflict } from "../../../machines/api/host-ports.ts";
import type { ContainerPort } from "../../../machines/api/pod.ts";

const port = (more: Partial<ContainerPort>) => ({ containerPort: 80, hostPort: 80, ...more });

it.each([
  [{}, {}, true],
  [{}, { hostPort: 81 }, false],
  [{}, { protocol: "UDP" }, false],
  [{}, { protocol: "TCP" }, true],
  [{ hostIP: "10.0.0.1" }, { hostIP: "127.0.0.1" }, false],
  [{ hostIP: "10.0.0.1" }, { hostIP: "10.0.0.1" }, true],
  [{ hostIP: "10.0.0.1" }, { hostIP: "0.0.0.0" }, true],
  [{ hostIP: "10.0.0.1" }, {}, true],
] as const)("ports %j and %j conflict: %s", (one, other, conflict) => {
  expect(hostPortsConflict(port(one), port(other))).toBe(conflict);
  expect(hostPortsConflict(port(other), port(one))).toBe(conflict);
});

it("init containers hold ports only as sidecars", () => {
  const ports = [port({}), { containerPort: 90 }];
  const initContainers = [{ ports }, { ports, restartPolicy: "Always" } as const];
  expect(getHostPorts({ containers: [], initContainers })).toEqual([port({})]);
});
