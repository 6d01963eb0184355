import { describe, expect, it } from "vitest";

import { type PatchType, patchObject } from "../../../machines/apiserver/patch.ts";

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
      "new new:1",
      "log log:1",
    ]);
    expect(spec.containers[0]).toHaveProperty("ports");
  });

  it("removes a container that it says to delete", () => {
    const containers = [{ name: "log", $patch: "delete" }];
    const { spec } = patchedPod({ spec: { containers } }, "strategic");
    expect(spec.containers.map(({ name }) => name)).toEqual(["app"]);
  });

  it("takes its operations one after the other if it is a JSON patch, or none of them", () => {
    const { spec } = patchedPod(
      [
        { op: "test", path: "/spec/containers/1/name", value: "log" },
        { op: "remove", path: "/spec/containers/1" },
        { op: "add", path: "/spec/containers/-", value: { name: "new", image: "new:1" } },
      ],
      "json",
    );
    expect(spec.containers.map(({ name }) => name)).toEqual(["app", "new"]);
    const failing = [
      { op: "remove", path: "/spec/containers/1" },
      { op: "test", path: "/spec/containers/0/name", value: "log" },
    ];
    const error = "testing value /spec/containers/0/name failed: test failed";
    expect(patchObject(pod, failing, "json", "Pod")).toEqual({ error });
  });

  it("is refused if an element of a merged list has no key", () => {
    const change = { spec: { containers: [{ image: "app:2" }] } };
    const error = "map: map[image:app:2] does not contain declared merge key: name";
    expect(patchObject(pod, change, "strategic", "Pod")).toEqual({ error });
  });
});

function patchedPod(change: unknown, type: PatchType): typeof pod {
  const done = patchObject(pod, change, type, "Pod");
  if ("error" in done) throw new Error(done.error);
  return Object.assign({}, pod, done.result);
}
