import { describe, expect, it } from "vitest";

import type { ManagedFieldsEntry } from "../../../machines/api/meta.ts";
import { conflictStatus } from "../../../machines/apiserver/field-conflicts.ts";
import {
  applyManaged,
  type FieldWriter,
  type ManagedWrite,
  updateManaged,
} from "../../../machines/apiserver/field-manager.ts";
import { type Fields, isFields } from "../../../machines/apiserver/patch-value.ts";

const identity = { apiVersion: "v1", kind: "ConfigMap" };

function settings(data: object): Fields {
  return { ...identity, metadata: { name: "settings" }, data };
}

function pod(spec: object, apiVersion = "v1"): Fields {
  return { apiVersion, kind: "Pod", metadata: { name: "web" }, spec };
}

/** The object that a write makes. */
function objectOf(made: ManagedWrite): Fields {
  if (!("object" in made)) throw new Error(`refused: ${JSON.stringify(refusalOf(made))}`);
  return made.object;
}

function refusalOf(made: ManagedWrite): string | undefined {
  if ("error" in made) return made.error;
  return "conflicts" in made ? conflictStatus(made.conflicts).message : undefined;
}

function applied(object: Fields, manager: string, live: Fields = identity, force = false): Fields {
  return objectOf(applyManaged(live, object, { manager, force }));
}

/** By manager, what it has. */
function ownersOf({ metadata }: Fields): Readonly<Record<string, unknown>> {
  const entries = isFields(metadata) ? metadata["managedFields"] : [];
  const all: readonly ManagedFieldsEntry[] = Array.isArray(entries) ? entries : [];
  return Object.fromEntries(all.map(({ manager = "", fieldsV1 }) => [manager, fieldsV1]));
}

/** A pod of one container with that port. */
function ports(port: object): object {
  return { containers: [{ name: "app", ports: [port] }] };
}

function command(...words: string[]): Fields {
  return pod({ containers: [{ name: "app", command: words }] });
}

function odd(spec: object): Fields {
  return { apiVersion: "x.io/v1", kind: "Odd", spec };
}

function update(live: Fields, after: Fields, writer: FieldWriter = { manager: "hand" }): Fields {
  return objectOf(updateManaged(live, after, writer));
}

describe("server-side apply", () => {
  it("gives an applier what it says, and nothing of the object's identity", () => {
    expect(ownersOf(applied(settings({ a: "1" }), "one"))).toEqual({
      one: { "f:data": { "f:a": {} } },
    });
  });

  it("takes away what its applier gives up, unless somebody else has it", () => {
    const both = applied(settings({ a: "1", b: "2" }), "one");
    const shared = applied(settings({ b: "2" }), "two", both);
    const { data } = applied(settings({}), "one", shared);
    expect(data).toEqual({ b: "2" });
    expect(applied(settings({}), "two", applied(settings({}), "one", shared))["data"]).toBeNull();
  });

  it("shares a field among those who want the same value", () => {
    const live = applied(settings({ a: "1" }), "two", applied(settings({ a: "1" }), "one"));
    expect(Object.keys(ownersOf(live)).toSorted()).toEqual(["one", "two"]);
  });

  it("is refused a field that another has, and gets it by force", () => {
    const live = applied(settings({ a: "1", b: "1" }), "one");
    const wanted = settings({ a: "2", b: "2" });
    const made = applyManaged(live, wanted, { manager: "two" });
    expect("conflicts" in made && conflictStatus(made.conflicts)).toEqual({
      code: 409,
      reason: "Conflict",
      message: 'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\n- .data.b',
      details: {
        causes: [".data.a", ".data.b"].map((field) => {
          return { reason: "FieldManagerConflict", message: 'conflict with "one"', field };
        }),
      },
    });
    const forced = applied(wanted, "two", live, true);
    expect(ownersOf(forced)).toEqual({ two: { "f:data": { "f:a": {}, "f:b": {} } } });
  });

  it("merges lists whose elements have keys, with the keys' usual values", () => {
    const live = applied(pod(ports({ containerPort: 80 })), "one", { ...pod({}), spec: null });
    const { spec } = applied(pod(ports({ containerPort: 80, protocol: "UDP" })), "two", live);
    expect(spec).toEqual({
      containers: [
        { name: "app", ports: [{ containerPort: 80 }, { containerPort: 80, protocol: "UDP" }] },
      ],
    });
    const same = pod(ports({ containerPort: 80, protocol: "TCP", name: "http" }));
    expect(applied(same, "three", live)["spec"]).toEqual({
      containers: [{ name: "app", ports: [{ containerPort: 80, protocol: "TCP", name: "http" }] }],
    });
  });

  it("replaces lists that have one owner as a whole", () => {
    const live = applied(command("a"), "one", { apiVersion: "v1", kind: "Pod" });
    const made = applyManaged(live, command("a", "b"), { manager: "two" });
    expect(refusalOf(made)).toBe(
      'Apply failed with 1 conflict: conflict with "one": .spec.containers[name="app"].command',
    );
  });

  it("merges maps and replaces lists of a kind that is unknown", () => {
    const live = applied(odd({ l: [1], m: { a: 1 } }), "one", {
      apiVersion: "x.io/v1",
      kind: "Odd",
    });
    expect(applied(odd({ m: { b: 2 } }), "two", live)["spec"]).toEqual({
      l: [1],
      m: { a: 1, b: 2 },
    });
    expect(refusalOf(applyManaged(live, odd({ l: [2] }), { manager: "two" }))).toContain(".spec.l");
  });

  it.each([
    [pod({ foo: 1 }), ".spec.foo: field not declared in schema"],
    [pod({ containers: [{ image: "a" }] }), undefined],
    [pod({ nodeName: 1 }), ".spec.nodeName: expected string, got"],
    [
      pod({ containers: [{ name: "a" }, { name: "a" }] }),
      '.spec.containers: duplicate entries for key [name="a"]',
    ],
  ])("refuses what is not of the object's type: %j", (object, text) => {
    const told = refusalOf(
      applyManaged({ apiVersion: "v1", kind: "Pod" }, object, { manager: "a" }),
    );
    if (text === undefined) expect(told).toBeUndefined();
    else
      expect(told).toContain(`failed to create typed patch object (/web; /v1, Kind=Pod): ${text}`);
  });
});

describe("an update", () => {
  it("gives who writes what it changes, and takes it from those who had it", () => {
    const live = applied(settings({ a: "1", b: "1" }), "one");
    const owners = ownersOf(update(live, { ...live, data: { a: "2", b: "1" } }));
    expect(owners).toEqual({
      one: { "f:data": { "f:b": {} } },
      hand: { "f:data": { "f:a": {} } },
    });
  });

  it("leaves an object alone of whose fields nobody is known to be the owner", () => {
    const live = { ...settings({ a: "1" }), metadata: { name: "settings", uid: "u" } };
    expect(ownersOf(update(live, { ...live, data: { a: "2" } }))).toEqual({});
  });

  it("of before the first apply belongs to before-first-apply", () => {
    const owners = ownersOf(applied(settings({ b: "2" }), "one", settings({ a: "1" })));
    expect(Object.keys(owners)).toEqual(["one", "before-first-apply"]);
  });
});
