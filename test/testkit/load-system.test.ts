import { describe, expect, it } from "vitest";

import { loadSystem } from "../../src/testkit/load-system.ts";
import { written } from "../support/written.ts";

describe("a system is loaded", () => {
  it("by the name of one that is shipped, which stays its name", () => {
    const { name, source } = loadSystem("image-pull");
    expect([name, source?.file]).toEqual(["image-pull", "image-pull"]);
  });

  it("from manifests, for which what is usually open is open", () => {
    const spec = "spec: { containers: [{ name: app, image: web }] }";
    const file = written("web.yaml", `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n${spec}`);
    const { open, source } = loadSystem(file);
    expect(open.steps.map(({ label }) => label)).toEqual(["kubectl delete pod web"]);
    expect(source?.file).toBe(file);
  });

  it("or refused with what is known, or with every mistake and its place", () => {
    expect(() => loadSystem("image-pul")).toThrow(
      'no system image-pul; did you mean "image-pull"?',
    );
    const file = written("bad.yaml", "apiVersion: kubechart/v1\nkind: System\nbonds: {}\n");
    expect(() => loadSystem(file)).toThrow(`${file}:3:1: bonds`);
    expect(() => loadSystem(written("none.yaml", ""))).toThrow("expected a Pod to explore");
  });
});
