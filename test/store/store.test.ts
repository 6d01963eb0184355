import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { keyOf, Store } from "../../src/store/store.ts";

function configMap(name: string, labels: Readonly<Record<string, string>> = {}): KubeObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default", labels } };
}

function namesOf(objects: readonly KubeObject[]): readonly string[] {
  return objects.map(({ metadata }) => metadata.name);
}

function versionOf(object: KubeObject | undefined): string | undefined {
  return object?.metadata.resourceVersion;
}

/** A store with one object. */
function original(): Store {
  const store = new Store();
  store.put(configMap("a"));
  return store;
}

describe("the store", () => {
  it("counts every write of any kind by one revision", () => {
    const store = new Store();
    store.put(configMap("a"));
    store.put({ ...configMap("a"), kind: "Secret" });
    store.put(configMap("a", { x: "y" }));
    expect(versionOf(store.get("ConfigMap", "default/a"))).toBe("3");
    expect(versionOf(store.get("Secret", "default/a"))).toBe("2");
    expect(store.revision).toBe(3);
  });

  it("leaves the object that it is given, and the one that it replaces, as they were", () => {
    const store = new Store();
    const given = configMap("a");
    const first = store.put(given);
    store.put(configMap("a", { x: "y" }));
    expect([versionOf(given), versionOf(first)]).toEqual([undefined, "1"]);
  });

  it("lists the objects of a kind in order of creation, whatever was written since", () => {
    const store = new Store();
    for (const name of ["b", "a", "c", "b"]) store.put(configMap(name));
    expect(namesOf(store.list("ConfigMap"))).toEqual(["b", "a", "c"]);
    expect(store.list("Secret")).toEqual([]);
  });

  it("names an object without a namespace by its name alone", () => {
    expect(keyOf(configMap("a"))).toBe("default/a");
    expect(keyOf({ metadata: { name: "node-1" } })).toBe("node-1");
  });

  it("begins with the objects and the revision that it is given", () => {
    const before = new Store();
    before.put(configMap("a"));
    const store = new Store({ objects: before.objects(), revision: before.revision });
    expect(store.objects()).toEqual(before.objects());
    expect(versionOf(store.put(configMap("b")))).toBe("2");
  });

  it("has nothing to delete but what exists", () => {
    expect(() => new Store().delete("ConfigMap", "default/a")).toThrow("exists");
  });
});

describe("a watch", () => {
  it("hears each write once, in order, with the object before it", () => {
    const store = new Store();
    const first = store.put(configMap("a"));
    const second = store.put(configMap("a", { x: "y" }));
    store.delete("ConfigMap", "default/a");
    const last = { ...second, metadata: { ...second.metadata, resourceVersion: "3" } };
    expect(store.takeChanges()).toEqual([
      { type: "ADDED", object: first },
      { type: "MODIFIED", object: second, previous: first },
      { type: "DELETED", object: last, previous: second },
    ]);
    expect(store.takeChanges()).toEqual([]);
  });
});

describe("a copy", () => {
  it.each(["the copy", "the original"])("goes its own way when %s is written to", (which) => {
    const store = original();
    const copy = store.fork();
    const [written, other] = which === "the copy" ? [copy, store] : [store, copy];
    written.put(configMap("b"));
    written.delete("ConfigMap", "default/a");
    written.put({ ...configMap("c"), kind: "Secret" });
    expect(namesOf(written.objects())).toEqual(["b", "c"]);
    expect(namesOf(other.objects())).toEqual(["a"]);
    expect([written.revision, other.revision]).toEqual([4, 1]);
  });

  it("of a copy is as free as the first", () => {
    const store = original();
    const copy = store.fork();
    const copyOfCopy = copy.fork();
    copy.put(configMap("b"));
    copyOfCopy.put(configMap("c"));
    const all = [store, copy, copyOfCopy].map((one) => namesOf(one.objects()));
    expect(all).toEqual([["a"], ["a", "b"], ["a", "c"]]);
  });

  it("has its own list of changes", () => {
    const store = original();
    const copy = store.fork();
    store.takeChanges();
    expect(copy.takeChanges()).toHaveLength(1);
  });
});

describe("a lease", () => {
  it("takes what was put with it along when it ends, each deletion with its own revision", () => {
    const store = new Store();
    const lease = store.grant(60_000, 0);
    store.put(configMap("a"), lease);
    store.put(configMap("b"), lease);
    store.put(configMap("c"));
    store.expire(59_999);
    expect(namesOf(store.objects())).toEqual(["a", "b", "c"]);
    const copy = store.fork();
    store.expire(60_000);
    expect([namesOf(store.objects()), store.revision]).toEqual([["c"], 5]);
    expect(namesOf(copy.objects())).toEqual(["a", "b", "c"]);
  });

  it("has no hold on what was put without it later, or is gone", () => {
    const store = new Store();
    const lease = store.grant(60_000, 0);
    store.put(configMap("a"), lease);
    store.put(configMap("a"));
    store.put(configMap("b"), lease);
    store.delete("ConfigMap", "default/b");
    store.expire(60_000);
    expect(namesOf(store.objects())).toEqual(["a"]);
  });
});

describe("what a watch is told", () => {
  it("reaches back as far as the history does, each kind for itself", () => {
    const store = new Store({ history: 64 });
    store.put({ ...configMap("a"), kind: "Secret" });
    for (let nth = 0; nth < 200; nth++) store.put(configMap("a"));
    expect(store.since("Secret", 0)).not.toHaveProperty("compacted");
    const news = store.since("ConfigMap", 0);
    const oldest = "compacted" in news ? news.compacted : 0;
    expect(oldest).toBeGreaterThan(64);
    expect(store.at("ConfigMap", 0)).toEqual({ compacted: oldest });
    const known = store.since("ConfigMap", oldest);
    expect("compacted" in known ? [] : [...known]).toHaveLength(store.revision - oldest);
  });

  it("begins with the revision that a store was loaded with", () => {
    const store = new Store({ objects: [configMap("a")], revision: 9 });
    store.put(configMap("b"));
    expect(store.since("ConfigMap", 8)).toEqual({ compacted: 9 });
    expect(store.since("ConfigMap", 9)).not.toHaveProperty("compacted");
  });
});

describe("a kind", () => {
  it("of somebody's own group is not the one of that name that Kubernetes has", () => {
    const store = new Store();
    const own = { ...configMap("a"), apiVersion: "example.com/v1" };
    store.put(configMap("a"));
    store.put(own);
    store.put({ ...configMap("b"), apiVersion: "apps/v1" });
    expect(namesOf(store.list("ConfigMap"))).toEqual(["a", "b"]);
    expect(namesOf(store.list("ConfigMap.example.com"))).toEqual(["a"]);
  });
});
