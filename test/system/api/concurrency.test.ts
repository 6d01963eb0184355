import { array, assert, constantFrom, nat, oneof, property, record } from "fast-check";
import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../../machines/api/meta.ts";
import { ApiClient } from "../../support/api-client.ts";

const configMaps = "/api/v1/namespaces/default/configmaps";

/** What one of two writers does next. */
const moves = array(record({ writer: nat(1), does: constantFrom("read", "write") }), {
  maxLength: 40,
  size: "max",
});

function countIn(object: KubeObject | undefined): number {
  const { data } = JSON.parse(JSON.stringify(object ?? { data: { count: "0" } }));
  return Number(data.count);
}

describe("optimistic concurrency", () => {
  it("loses no update of two writers who read, count up, write, and read again on a conflict", () => {
    const histories = property(moves, (steps) => {
      const client = new ApiClient();
      const metadata = { name: "counter" };
      client.ask("POST", configMaps, { kind: "ConfigMap", metadata, data: { count: "0" } });
      const read: (KubeObject | undefined)[] = [undefined, undefined];
      let written = 0;
      for (const { writer, does } of steps) {
        const own = read[writer];
        if (does === "read" || own === undefined) {
          read[writer] = client.ask("GET", `${configMaps}/counter`);
          continue;
        }
        const body = { ...own, data: { count: String(countIn(own) + 1) } };
        const answer = client.send("PUT", `${configMaps}/counter`, body);
        read[writer] = undefined;
        if ("refused" in answer) expect(answer.refused.reason).toBe("Conflict");
        else written += 1;
      }
      expect(countIn(client.ask("GET", `${configMaps}/counter`))).toBe(written);
    });
    assert(histories, { numRuns: 300 });
  });
});

/** What may be asked about a few objects. */
const requests = array(
  oneof(
    record({ method: constantFrom("POST", "DELETE"), name: constantFrom("a", "b", "Bad") }),
    record({
      method: constantFrom("PATCH"),
      name: constantFrom("a", "b"),
      finalizers: constantFrom(null, ["example.com/hold"], ["bad name"]),
      data: constantFrom({ x: "1" }, { x: "2" }, { "bad key": "1" }),
    }),
  ),
  { maxLength: 40, size: "max" },
);

describe("the API server", () => {
  it("never uses a revision twice, tells each change once and in order, and keeps nothing invalid", () => {
    const histories = property(requests, (steps) => {
      const client = new ApiClient();
      const { store } = client;
      const first = store.revision;
      for (const { method, name, ...change } of steps) {
        const { finalizers, data } = { finalizers: undefined, data: {}, ...change };
        if (method === "POST") {
          client.send("POST", configMaps, { kind: "ConfigMap", metadata: { name } });
        } else if (method === "DELETE") client.send("DELETE", `${configMaps}/${name}`);
        else {
          const body = { metadata: { finalizers }, data };
          client.send("PATCH", `${configMaps}/${name}`, body, "application/merge-patch+json");
        }
      }
      const told = store.since("ConfigMap", first);
      const changes = "compacted" in told ? [] : [...told];
      const revisions = changes.map(({ object }) => Number(object.metadata.resourceVersion));
      expect(revisions).toEqual(
        Array.from({ length: revisions.length }, (_, at) => first + at + 1),
      );
      const there = new Map<string, KubeObject>();
      for (const { type, object } of changes) {
        if (type === "DELETED") there.delete(object.metadata.name);
        else there.set(object.metadata.name, object);
      }
      const listed = store.select("ConfigMap", {});
      expect(
        [...there.values()].toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
      ).toEqual(listed);
      for (const { metadata, ...others } of listed) {
        expect(metadata.name).not.toBe("Bad");
        expect(JSON.stringify(others)).not.toContain("bad key");
        expect(metadata.finalizers ?? []).not.toContain("bad name");
        const isGoing = metadata.deletionTimestamp !== undefined;
        expect(isGoing && (metadata.finalizers ?? []).length === 0).toBe(false);
      }
    });
    assert(histories, { numRuns: 500 });
  });
});
