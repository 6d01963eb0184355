import { expect, it } from "vitest";

import { resolveContainerPort } from "../../../machines/kubelet/container-port.ts";

const container = { ports: [{ name: "web", containerPort: 9090 }] };

it.each([
  [80, { port: 80 }],
  ["web", { port: 9090 }],
  ["99", { port: 99 }],
  [0, { port: 0, error: "invalid port number: 0" }],
  [65536, { port: 65536, error: "invalid port number: 65536" }],
  ["nope", { port: 0, error: 'strconv.Atoi: parsing "nope": invalid syntax' }],
])("the port %j of a container is %j", (port, resolved) => {
  expect(resolveContainerPort(port, container)).toEqual(resolved);
});
