import type { KubeObject } from "../../machines/api/meta.ts";
import { beforeCreate } from "../../machines/apiserver/create.ts";
import { isPod, type Observed, type Property } from "./property.ts";

/** What holds of every write that a watch tells of. */
export const writeProperties: readonly Property[] = [
  {
    says: "a revision is never reused",
    broken: (history) => {
      const seen = new Map<string, KubeObject>();
      return history.flatMap((one) => {
        const { resourceVersion = "" } = one.object.metadata;
        const before = seen.get(resourceVersion);
        seen.set(resourceVersion, one.object);
        const isOther = before !== undefined && keyOf(before) !== keyOf(one.object);
        return isOther ? [shown(one)] : [];
      });
    },
    mutant: (history) => {
      const [first] = history;
      const version = first?.object.metadata.resourceVersion;
      if (version === undefined) return history;
      return history.map((one, index) => (index === 0 ? one : withVersion(one, version)));
    },
  },
  {
    says: "an object that nothing holds back never outlives its deletion",
    broken: (history) => {
      return history.flatMap((one, index) => {
        if (one.type === "DELETED" || !isFree(one.object)) return [];
        const next = history
          .slice(index + 1)
          .find(({ object }) => keyOf(object) === keyOf(one.object));
        return next === undefined || next.type === "DELETED" ? [] : [shown(next)];
      });
    },
    mutant: (history) => {
      const at = history.findIndex(({ type, object }) => type !== "DELETED" && isFree(object));
      const one = history[at];
      return one === undefined ? history : history.toSpliced(at, 0, one);
    },
  },
  {
    says: "nothing that validation refuses is ever written",
    broken: (history) => history.filter((one) => isNewPod(one) && isRefused(one.object)).map(shown),
    mutant: (history) => history.map((one) => (isNewPod(one) ? withoutContainers(one) : one)),
  },
];

/** Marked, without a grace that runs and without finalizers. */
function isFree({ metadata }: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds: grace, finalizers = [] } = metadata;
  return deletionTimestamp !== undefined && grace === 0 && finalizers.length === 0;
}

function isNewPod({ type, object }: Observed): boolean {
  return type === "ADDED" && isPod(object);
}

/** By an API server that has the gates on which some lives need. */
function isRefused(object: KubeObject): boolean {
  return beforeCreate(object, { allowRestartAllContainers: true }).errors.length > 0;
}

function withoutContainers(one: Observed): Observed {
  if (!isPod(one.object)) return one;
  const pod = { ...one.object, spec: { ...one.object.spec, containers: [] } };
  return { ...one, object: pod };
}

function withVersion(one: Observed, resourceVersion: string): Observed {
  const metadata = { ...one.object.metadata, resourceVersion };
  return { ...one, object: { ...one.object, metadata } };
}

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.uid ?? ""} ${metadata.namespace ?? ""}/${metadata.name}`;
}

function shown({ atMs, object }: Observed): string {
  const { name, resourceVersion = "?" } = object.metadata;
  return `${(atMs / 1_000).toFixed(1)}s ${object.kind} ${name} resourceVersion ${resourceVersion}`;
}
