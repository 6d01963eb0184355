import { describe, expect, it } from "vitest";

import { patched } from "../../src/cluster/patch.ts";

const pod = {
  metadata: { labels: { app: "web", tier: "front" }, finalizers: ["example.com/a"] },
  spec: {
    containers: [
      { name: "app", image: "app:1", ports: [{ containerPort: 80 }] },
      { name: "log", image: "log:1" },
    ],
  },
};

describe("a patch", () => {
  it("removes what is null and merges maps", () => {
    const { metadata } = patchedPod({ metadata: { labels: { tier: null, env: "test" } } }, "merge");
    expect(metadata.labels).toEqual({ app: "web", env: "test" });
  });

  it("replaces a list as a whole if it is a merge patch", () => {
    const { spec } = patchedPod(
      { spec: { containers: [{ name: "app", image: "app:2" }] } },
      "merge",
    );
    expect(spec.containers).toEqual([{ name: "app", image: "app:2" }]);
  });

  it("changes the containers that it names if it is a strategic one", () => {
    const containers = [
      { name: "app", image: "app:2" },
      { name: "new", image: "new:1" },
    ];
    const { spec } = patchedPod({ spec: { containers } }, "strategic");
    expect(spec.containers.map(({ name, image }) => `${name} ${image}`)).toEqual([
      "app app:2",
      "log log:1",
      "new new:1",
    ]);
    expect(spec.containers[0]).toHaveProperty("ports");
  });

  it("removes a container that it says to delete", () => {
    const containers = [{ name: "log", $patch: "delete" }];
    const { spec } = patchedPod({ spec: { containers } }, "strategic");
    expect(spec.containers.map(({ name }) => name)).toEqual(["app"]);
  });
});

function patchedPod(change: object, type: "merge" | "strategic"): typeof pod {
  return { ...pod, ...patched(pod, change, type) };
}
