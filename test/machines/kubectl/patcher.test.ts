import { describe, expect, it } from "vitest";

import { patchObject } from "../../../machines/apiserver/patch.ts";
import { isFields } from "../../../machines/apiserver/patch-value.ts";
import {
  getModifiedConfiguration,
  getOriginalConfiguration,
  lastAppliedOf,
} from "../../../machines/kubectl/last-applied.ts";
import { applyPatch } from "../../../machines/kubectl/patcher.ts";

function spec(image: string, volume: object) {
  return {
    containers: [{ name: "app", image, ports: [{ containerPort: 80 }] }],
    volumes: [{ name: "data", ...volume }],
  };
}

const identity = { apiVersion: "v1", kind: "ConfigMap" };

function settings(data: object, metadata: object = {}) {
  return { ...identity, metadata: { name: "settings", ...metadata }, data };
}

/** What applying `wanted` asks of an object that `applied` made and others changed to `data`. */
function asked(applied: object, data: object, wanted: object) {
  const { metadata } = { ...settings({}), ...getModifiedConfiguration(settings(applied)) };
  return applyPatch({ ...settings(data), metadata }, settings(wanted));
}

describe("the last applied configuration", () => {
  it("is the manifest as Go writes JSON, with its annotations but for itself", () => {
    const annotations = { note: "a<b&c" };
    expect(lastAppliedOf(settings({ b: "1", a: "2" }, { annotations }))).toBe(
      '{"apiVersion":"v1","data":{"a":"2","b":"1"},"kind":"ConfigMap","metadata":' +
        '{"annotations":{"note":"a\\u003cb\\u0026c"},"name":"settings"}}\n',
    );
  });

  it("stays the same when an object that has one is sent again", () => {
    const once = getModifiedConfiguration(settings({ a: "1" }));
    expect(getModifiedConfiguration(once)).toEqual(once);
    expect(getOriginalConfiguration(settings({}))).toBeUndefined();
  });
});

describe("what kubectl apply asks for", () => {
  it("is nothing when the object is as it was applied, whatever others added", () => {
    expect(asked({ a: "1" }, { a: "1", theirs: "x" }, { a: "1" })).toMatchObject({ patch: {} });
  });

  it("takes away what is given up, and puts back what others changed", () => {
    const answer = asked({ a: "1", b: "2" }, { a: "9", b: "2", theirs: "x" }, { a: "1" });
    expect(answer).toMatchObject({ type: "strategic", patch: { data: { a: "1", b: null } } });
  });

  it("is read as a JSON merge patch for a kind that kubectl does not know", () => {
    const live = { apiVersion: "x.io/v1", kind: "Odd", metadata: { name: "o" }, spec: { l: [1] } };
    const answer = applyPatch(live, { ...live, spec: { l: [2] } });
    expect(answer).toMatchObject({ type: "merge", patch: { spec: { l: [2] } } });
  });

  it("makes of the object one that is asked for nothing more", () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" } };
    const live = getModifiedConfiguration({ ...pod, spec: spec("app:1", { emptyDir: {} }) });
    const wanted = { ...pod, spec: spec("app:2", { configMap: { name: "c" } }) };
    const first = applyPatch(live, wanted);
    if (!("patch" in first)) throw new Error("there is no patch");
    const changed = patchObject(live, first.patch, first.type, "Pod");
    expect(changed).toMatchObject({ result: { spec: wanted.spec } });
    const again = "result" in changed && isFields(changed.result) ? changed.result : {};
    expect(applyPatch(again, wanted)).toMatchObject({ patch: {} });
  });

  it("refuses to undo others' changes when it is told not to overwrite them", () => {
    const live = settings({ a: "9" });
    const [manifest, overwrite] = [settings({ a: "1" }), false];
    expect(applyPatch({ ...live }, manifest, overwrite)).toMatchObject({
      conflict: { patch: { data: { a: "1" } }, changed: { data: { a: "9" } } },
    });
  });

  it("cannot be said of an object whose annotation is no JSON", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{" };
    const answer = applyPatch(settings({}, { annotations }), settings({}));
    expect(answer).toMatchObject({ error: "invalid JSON document" });
  });
});
