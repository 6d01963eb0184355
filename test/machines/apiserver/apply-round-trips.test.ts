import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyManaged } from "../../../machines/apiserver/field-manager.ts";
import { fieldSetOf, type FieldSet } from "../../../machines/apiserver/field-set.ts";
import { patchObject } from "../../../machines/apiserver/patch.ts";
import { type Fields, isFields } from "../../../machines/apiserver/patch-value.ts";
import { compareTyped } from "../../../machines/apiserver/typed-compare.ts";
import { mergeTyped } from "../../../machines/apiserver/typed-merge.ts";
import { toFieldSet } from "../../../machines/apiserver/typed-value.ts";
import { getModifiedConfiguration } from "../../../machines/kubectl/last-applied.ts";
import { applyPatch } from "../../../machines/kubectl/patcher.ts";

const texts = fc.constantFrom("1", "2");
const byName = { selector: ({ name }: { readonly name: string }) => name, minLength: 1 };
const variable = fc.record({ name: fc.constantFrom("A", "B"), value: texts });
const container = fc.record(
  {
    name: fc.constantFrom("x", "y", "z"),
    image: texts,
    command: fc.array(texts, { minLength: 1, maxLength: 2 }),
    env: fc.uniqueArray(variable, byName),
  },
  { requiredKeys: ["name", "image"] },
);
const labels = fc.dictionary(fc.constantFrom("a", "b", "c"), texts, { minKeys: 1 });

interface Manifest extends Fields {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
}

const pod: fc.Arbitrary<Manifest> = fc
  .record({ labels, containers: fc.uniqueArray(container, byName) })
  .map((told) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", labels: { ...told.labels } },
    spec: { containers: told.containers.map((one) => ({ ...one })) },
  }));

/** What the manifest says is so in the object. */
function expectHeld(object: Fields, manifest: Fields): void {
  const { removed, modified } = compareTyped(manifest, object, "Pod");
  expect([...removed.values(), ...modified.values()]).toEqual([]);
}

function labelsOf({ metadata }: Fields): unknown {
  return isFields(metadata) ? metadata["labels"] : undefined;
}

function clientSide(live: Fields, manifest: Fields): Fields {
  const made = applyPatch(live, manifest);
  const patched = "patch" in made ? patchObject(live, made.patch, made.type, "Pod") : made;
  const { result } = { result: undefined, ...patched };
  if (!isFields(result)) throw new Error(`it cannot be applied: ${JSON.stringify(patched)}`);
  return result;
}

const none = { apiVersion: "v1", kind: "Pod" };

function serverSide(live: Fields, manifest: Fields, manager: string): Fields {
  const made = applyManaged(live, manifest, { manager, force: true });
  if (!("object" in made)) throw new Error(`it cannot be applied: ${JSON.stringify(made)}`);
  return made.object;
}

/** The fields of everybody. */
function owned({ metadata }: Fields): readonly FieldSet[] {
  const entries = isFields(metadata) ? metadata["managedFields"] : undefined;
  return Array.isArray(entries) ? entries.map(({ fieldsV1 }) => fieldSetOf(fieldsV1)) : [];
}

describe("kubectl apply", () => {
  it("makes of an object what its manifest says, and then asks for nothing more", () => {
    const property = fc.property(pod, pod, pod, (first, others, next) => {
      const drifted = mergeTyped(getModifiedConfiguration(first), others, "Pod");
      const live = clientSide(isFields(drifted) ? drifted : {}, next);
      expectHeld(live, next);
      expect(applyPatch(live, next)).toMatchObject({ patch: {} });
      const theirs = Object.entries(others.metadata.labels).filter(([label]) => {
        return !Object.hasOwn(first.metadata.labels, label);
      });
      expect(labelsOf(live) ?? {}).toEqual({
        ...Object.fromEntries(theirs),
        ...next.metadata.labels,
      });
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe("server-side apply", () => {
  it("by force makes of an object what a manifest says, and gives nobody what is not there", () => {
    const property = fc.property(fc.array(pod, { minLength: 1, maxLength: 5 }), (manifests) => {
      let live: Fields = none;
      for (const [at, manifest] of manifests.entries()) {
        live = serverSide(live, manifest, ["one", "two"][at % 2] ?? "");
        expectHeld(live, manifest);
        expect(serverSide(live, manifest, ["one", "two"][at % 2] ?? "")).toEqual(live);
        const there = toFieldSet(live, "Pod");
        const stray = owned(live).flatMap((set) =>
          [...set.keys()].filter((key) => !there.has(key)),
        );
        expect(stray).toEqual([]);
      }
    });
    fc.assert(property, { numRuns: 300 });
  });
});
