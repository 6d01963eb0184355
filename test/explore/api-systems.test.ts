import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { isWhole } from "../../machines/api/objects.ts";
import { type Edge, explore } from "../../src/explore/explorer.ts";
import { type Properties, PropertyCheck } from "../../src/explore/properties.ts";
import { shippedSystem } from "../support/systems.ts";

/** All states of a shipped system, what leads from one to the next, and what holds of them. */
function explored(name: string, properties: Properties = {}) {
  const states: (readonly KubeObject[])[] = [];
  const edges: Edge[] = [];
  const check = new PropertyCheck(properties);
  const exploration = explore(shippedSystem(name), {
    states: "all",
    onState: (seen, state) => {
      states.push(seen.objects());
      check.onState(seen, state);
    },
    onEdge: (edge) => {
      edges.push(edge);
      check.onEdge(edge);
    },
  });
  const verdicts = check.verdicts(exploration);
  return { states, edges, verdicts: verdicts.map(({ sentence, outcome }) => [sentence, outcome]) };
}

/** What users have written to the Deployment: each only ever adds to it. */
function writtenBy(objects: readonly KubeObject[] = []): readonly string[] {
  const web = objects.find(({ kind }) => kind === "Deployment");
  if (!isWhole(web, "Deployment")) return [];
  const { labels = {}, annotations = {} } = web.metadata;
  return [
    ...(labels["team"] === "shop" ? ["label"] : []),
    ...(annotations["example.com/why"] === "because" ? ["annotation"] : []),
    ...(web.spec.replicas === 1 ? ["replicas"] : []),
  ];
}

describe("two writers of one object", () => {
  const { states, edges } = explored("optimistic-concurrency");
  const isLost = (from: number, to: number): boolean => {
    const after = writtenBy(states[to]);
    return writtenBy(states[from]).some((one) => !after.includes(one));
  };

  it("never lose an update, whoever read before the other wrote", () => {
    expect(edges.filter(({ from, to }) => isLost(from, to))).toEqual([]);
  });

  it("would be caught if one came back to what it had read", () => {
    const writes = edges.filter(({ from, to }) => isLost(to, from));
    expect(writes.length).toBeGreaterThan(0);
  });

  it("are refused for an older version, and retry behind the rate limiter", () => {
    const failed = edges.flatMap(({ taken }) => {
      return taken.filter(({ branch }) => branch.eventType === "sync.failed");
    });
    expect(new Set(failed.map(({ machine }) => machine))).toEqual(new Set(["reconcileLoop"]));
  });
});

function inShop(objects: readonly KubeObject[]): readonly KubeObject[] {
  return objects.filter(({ metadata }) => metadata.namespace === "shop");
}

function shopIn(objects: readonly KubeObject[]): KubeObject | undefined {
  return objects.find(({ kind, metadata }) => kind === "Namespace" && metadata.name === "shop");
}

/** Marked, with nobody who holds it: neither a kubelet nor a finalizer. */
function isLeft({ kind, metadata }: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata;
  const isHeld = kind === "Namespace" || deletionGracePeriodSeconds > 0 || finalizers.length > 0;
  return deletionTimestamp !== undefined && !isHeld;
}

const always: Properties = {
  "nothing outlives its namespace": {
    always: (objects) => shopIn(objects) !== undefined || inShop(objects).length === 0,
  },
  "no object that nothing holds outlives its deletion": {
    always: (objects) => !objects.some(isLeft),
  },
};

describe("a namespace in all of its lives", () => {
  it("goes with all that is in it, unless a finalizer holds something", () => {
    const { verdicts } = explored("namespace-deletion", {
      ...always,
      "a finalizer sometimes holds it": {
        sometimes: (objects) => {
          const shop = shopIn(objects);
          const conditions = isWhole(shop, "Namespace") ? (shop.status?.conditions ?? []) : [];
          return conditions.some(({ type, status }) => {
            return type === "NamespaceFinalizersRemaining" && status === "True";
          });
        },
      },
      "it sometimes goes": { sometimes: (objects) => shopIn(objects) === undefined },
      "it never goes": { always: (objects) => shopIn(objects) !== undefined },
    });
    expect(verdicts.map(([, outcome]) => outcome)).toEqual([
      "holds",
      "holds",
      "holds",
      "holds",
      "violated",
    ]);
  });

  it("keeps everything else as long as a pod of it is there", () => {
    const { verdicts } = explored("namespace-pods", {
      ...always,
      "what else is in it waits for its pods": {
        always: (objects) => {
          const kinds = inShop(objects).map(({ kind }) => kind);
          return !kinds.includes("Pod") || kinds.includes("ConfigMap");
        },
      },
      "the pod sometimes goes first": {
        sometimes: (objects) => inShop(objects).every(({ kind }) => kind === "ConfigMap"),
      },
    });
    expect(verdicts.map(([, outcome]) => outcome)).toEqual(["holds", "holds", "holds", "holds"]);
  });
});

describe("owners and finalizers in all of their lives", () => {
  it("hold exactly what they hold", () => {
    const { verdicts } = explored("finalizers-and-owners", {
      "no object that nothing holds outlives its deletion": {
        always: (objects) => !objects.some(isLeft),
      },
      "an object whose owner never was always goes": {
        eventually: (objects) => !objects.some(({ metadata }) => metadata.name === "lost"),
      },
      "a pod sometimes stays without its owner": {
        sometimes: (objects) => {
          const pods = objects.filter(({ kind }) => kind === "Pod");
          return pods.some(({ metadata }) => (metadata.ownerReferences ?? []).length === 0);
        },
      },
    });
    expect(verdicts.map(([, outcome]) => outcome)).toEqual(["holds", "holds", "holds"]);
  });
});
