import { describe, expect, it } from "vitest";

import { pullError } from "../../../src/cluster/environment/registry-errors.ts";
import { anyRegistry, type PullAnswer } from "../../../src/cluster/environment/registry.ts";
import { RegistryNode } from "../../support/registry.ts";

describe("pullError", () => {
  it.each([
    [
      "registry.local/missing:v1",
      "not found",
      'rpc error: code = NotFound desc = failed to pull and unpack image "registry.local/missing:v1": failed to resolve reference "registry.local/missing:v1": registry.local/missing:v1: not found',
    ],
    [
      "registry.local/private:v1",
      "unauthorized",
      'failed to pull and unpack image "registry.local/private:v1": failed to resolve reference "registry.local/private:v1": pulling from host registry.local failed with status code [manifests v1]: 401 Unauthorized',
    ],
    [
      "registry.local/broken:v1",
      "server error",
      'failed to pull and unpack image "registry.local/broken:v1": failed to resolve reference "registry.local/broken:v1": pulling from host registry.local failed with status code [manifests v1]: 500 Internal Server Error',
    ],
    [
      "127.0.0.3:5000/app:v1",
      "connection refused",
      'failed to pull and unpack image "127.0.0.3:5000/app:v1": failed to resolve reference "127.0.0.3:5000/app:v1": failed to do request: Head "http://127.0.0.3:5000/v2/app/manifests/v1": dial tcp 127.0.0.3:5000: connect: connection refused',
    ],
  ] as const)("of %s, %s, is containerd's as recorded", (image, outcome, expected) => {
    expect(pullError(image, outcome)).toBe(expected);
  });

  it("names a short image in full", () => {
    expect(pullError("nginx", "forbidden")).toContain(
      '"docker.io/library/nginx:latest": pulling from host registry-1.docker.io failed',
    );
  });
});

describe("the registry", () => {
  const app = { name: "app", image: "app:1", imagePullPolicy: "IfNotPresent" } as const;

  function answersOf(...said: readonly (PullAnswer | undefined)[]) {
    const node = new RegistryNode(
      { pull: (_, attempt) => said[attempt - 1] },
      {},
      { record: true },
    );
    node.addPod("web", [app]);
    for (const index of said.keys()) node.ask(index * 100_000, "web");
    const answers = node.run().map(({ reason, type, message }) => [reason ?? type, message]);
    return { answers, choices: node.system.choices.records() };
  }

  it("answers the n-th pull as the scenario says", () => {
    const { answers } = answersOf(
      { outcome: "registry unavailable", message: "RegistryUnavailable" },
      {},
    );
    expect(answers).toEqual([
      ["RegistryUnavailable", "image pull failed for app:1 because the registry is unavailable"],
      ["image.ensured", ""],
    ]);
  });

  it("asks a named choice for everything that the scenario leaves open", () => {
    const { choices } = answersOf({ takesMs: 50 });
    expect(choices.map(({ name, picked, by }) => [name, picked, by])).toEqual([
      ["image pull outcome", "pulled", "usual"],
      ["image pull time", 50, "scenario"],
      ["image size", 50_000_000, "usual"],
    ]);
  });

  it("repeats the words of the scenario when it gives only an error", () => {
    expect(answersOf({ message: "disk full" }).answers).toEqual([["ErrImagePull", "disk full"]]);
  });

  it("says why it cannot tell whether it has an image", () => {
    const node = new RegistryNode({ ...anyRegistry, inspect: () => "no runtime" });
    node.addPod("web", [app]);
    node.ask(0, "web");
    expect(node.run()).toMatchObject([
      { reason: "ImageInspectError", message: 'Failed to inspect image "": no runtime' },
    ]);
  });
});
