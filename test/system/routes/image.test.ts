import { describe, expect, it } from "vitest";

import type { Secret } from "../../../machines/api/configuration-objects.ts";
import type { Container, ImagePullPolicy } from "../../../machines/api/pod.ts";
import type { PullAnswer, RegistryScenario } from "../../../src/cluster/environment/registry.ts";
import { RegistryNode } from "../../support/registry.ts";

function wanting(image: string, imagePullPolicy: ImagePullPolicy = "IfNotPresent"): Container {
  return { name: "app", image, imagePullPolicy };
}

const slow: RegistryScenario = {
  pull: () => ({ takesMs: 10_000, sizeBytes: 7, outcome: "pulled" }),
};

function nodeWith(...images: readonly string[]): RegistryNode {
  const node = new RegistryNode(slow);
  for (const [index, image] of images.entries()) {
    node.addPod(`p${index}`, [wanting(image)]);
    node.ask(0, `p${index}`);
  }
  return node;
}

/** The registry asks for credentials, which one pod has. */
function privately(pod: string): PullAnswer {
  return pod === "default/with-secret" ? { outcome: "pulled" } : { outcome: "unauthorized" };
}

describe("the pulls of a node", () => {
  it("run one after the other, in the order of asking", () => {
    const answers = nodeWith("a", "b", "c").run();
    expect(answers.map(({ pod, atMs }) => [pod, atMs])).toEqual([
      ["default/p0", 10_000],
      ["default/p1", 20_000],
      ["default/p2", 30_000],
    ]);
  });

  it("say how long they waited for their turn", () => {
    const node = nodeWith("a", "b");
    node.run();
    expect(node.world.takeSaid().map(({ message }) => message)).toEqual([
      'Pulling image "a"',
      'Pulling image "b"',
      'Successfully pulled image "a" in 10s (10s including waiting). Image size: 7 bytes.',
      'Successfully pulled image "b" in 10s (20s including waiting). Image size: 7 bytes.',
    ]);
  });

  it("run side by side where the configuration allows it", () => {
    const configuration = { maxParallelImagePulls: 2 };
    const node = new RegistryNode(slow, { configuration });
    for (const name of ["a", "b", "c"]) node.addPod(name, [wanting(name)]);
    for (const name of ["a", "b", "c"]) node.ask(0, name);
    expect(node.run().map(({ atMs }) => atMs)).toEqual([10_000, 10_000, 20_000]);
  });

  it("answer the container that asked, though two share the back-off", () => {
    const node = new RegistryNode({ pull: () => ({ outcome: "not found", takesMs: 5 }) });
    node.addPod("web", [wanting("a"), { ...wanting("a"), name: "side" }]);
    node.ask(0, "web");
    node.ask(100, "web", "side");
    expect(node.run().map(({ container, reason }) => [container, reason])).toEqual([
      ["app", "ErrImagePull"],
      ["side", "ImagePullBackOff"],
    ]);
    expect(node.world.takeSaid().at(-1)?.about.fieldPath).toBe("spec.containers{side}");
  });
});

describe("an image on the node", () => {
  it("is used under any of its names", () => {
    const node = new RegistryNode(slow, { images: ["docker.io/library/nginx:latest"] });
    node.addPod("web", [wanting("nginx", "Never")]);
    node.ask(0, "web");
    expect(node.run()).toMatchObject([{ atMs: 0, type: "image.ensured" }]);
  });

  it("is there for the next pod once it was pulled", () => {
    const node = nodeWith("a", "b");
    node.addPod("later", [wanting("a")]);
    node.ask(60_000, "later");
    expect(node.run().at(-1)).toMatchObject({
      atMs: 60_000,
      message: 'Container image "a" already present on machine and can be accessed by the pod',
    });
  });
});

describe("an image that was pulled with a Secret", () => {
  const auths = { "registry.local": { username: "user", password: "secret" } };
  const secret: Secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "pull", namespace: "default", uid: "s1" },
    type: "kubernetes.io/dockerconfigjson",
    data: { ".dockerconfigjson": btoa(JSON.stringify({ auths })) },
  };
  const image = "registry.local/private:v1";

  function privateNode(): RegistryNode {
    const node = new RegistryNode({ pull: (_, __, pod) => privately(pod) });
    node.world.store.put(secret);
    node.addPod("with-secret", [wanting(image, "Always")], ["pull"]);
    node.ask(0, "with-secret");
    return node;
  }

  it.each([
    ["IfNotPresent", "ErrImagePull"],
    ["Never", "ErrImageNeverPull"],
  ] as const)("is not there for a pod without it and with the policy %s", (policy, reason) => {
    const node = privateNode();
    node.addPod("without-secret", [wanting(image, policy)]);
    node.ask(12_000, "without-secret");
    expect(node.run().at(-1)?.reason).toBe(reason);
  });

  it("is there for another pod that has it", () => {
    const node = privateNode();
    node.addPod("too", [wanting(image)], ["pull"]);
    node.ask(12_000, "too");
    expect(node.run().at(-1)?.type).toBe("image.ensured");
  });
});
