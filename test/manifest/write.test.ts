import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { writeObjects } from "../../src/manifest/write.ts";

const node: KubeObject = { apiVersion: "v1", kind: "Node", metadata: { name: "n1" } };
const configMap: KubeObject & { readonly data: object } = {
  kind: "ConfigMap",
  apiVersion: "v1",
  metadata: { namespace: "default", name: "c" },
  data: { on: "yes", mode: "0644", text: "two\nlines\n" },
};

describe("writeObjects", () => {
  it("writes one object as kubectl does: keys in order, texts quoted that are words of YAML", () => {
    expect(writeObjects([configMap], "yaml")).toBe(`apiVersion: v1
data:
  mode: "0644"
  "on": "yes"
  text: |
    two
    lines
kind: ConfigMap
metadata:
  name: c
  namespace: default
`);
  });

  it("writes several objects as a List", () => {
    const written: unknown = JSON.parse(writeObjects([configMap, configMap], "json"));
    expect(written).toMatchObject({ kind: "List", items: [{ kind: "ConfigMap" }, {}] });
  });

  it("writes the structs that Go always writes", () => {
    expect(writeObjects([node], "yaml")).toContain("spec: {}\n");
    expect(writeObjects([node], "yaml")).toContain('architecture: ""\n');
  });

  it("can be read again", () => {
    const text = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: "nginx:1", ports: [{ containerPort: 80 }] }] }
`;
    const { objects } = readManifests([{ file: "a", text }]);
    for (const format of ["yaml", "json"] as const) {
      const again = readManifests([{ file: "b", text: writeObjects(objects, format) }]);
      expect(again.issues).toEqual([]);
      expect(writeObjects(again.objects, format)).toBe(writeObjects(objects, format));
    }
  });
});
