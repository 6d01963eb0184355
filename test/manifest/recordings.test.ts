import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { writeObjects } from "../../src/manifest/write.ts";

interface WatchedPod extends KubeObject {
  readonly spec: object;
}

const folder = fileURLToPath(new URL("../recordings", import.meta.url));
const names = readdirSync(folder).filter((name) => {
  const manifest = `${folder}/${name}/manifest.yaml`;
  return existsSync(manifest) && /^kind: Pod$/m.test(readFileSync(manifest, "utf8"));
});

/** The pods as the real API server first showed them. */
function recordedSpecs(name: string): ReadonlyMap<string, unknown> {
  const lines = readFileSync(`${folder}/${name}/watch.jsonl`, "utf8").split("\n").filter(Boolean);
  const specs = new Map<string, unknown>();
  for (const line of lines) {
    const { type, object }: { type: string; object: WatchedPod } = JSON.parse(line);
    const isFirst = type === "ADDED" && object.kind === "Pod" && !specs.has(object.metadata.name);
    if (isFirst) specs.set(object.metadata.name, comparable(object.spec));
  }
  return specs;
}

/** Generated names differ, and the scheduler may have been faster than the watch. */
function comparable(spec: object): unknown {
  const text = JSON.stringify({ ...spec, nodeName: "" });
  return JSON.parse(text.replaceAll(/kube-api-access-\w{5}/g, "kube-api-access-xxxxx"));
}

describe("a pod read from a manifest", () => {
  it.each(names)("has the spec that a real API server gave it: %s", (name) => {
    const text = readFileSync(`${folder}/${name}/manifest.yaml`, "utf8");
    const recorded = recordedSpecs(name);
    const pods = readManifests([{ file: name, text }]).objects.filter(({ kind, metadata }) => {
      return kind === "Pod" && recorded.has(metadata.name);
    });
    expect(pods.length).toBeGreaterThan(0);
    for (const pod of pods) {
      const written: WatchedPod = JSON.parse(writeObjects([pod], "json"));
      expect(comparable(written.spec)).toEqual(recorded.get(pod.metadata.name));
    }
  });
});
