import type { OwnerReference } from "../api/meta.ts";
import type { Pod } from "../api/pod.ts";

/** What is asked of `kubectl drain`. */
export interface DrainOptions {
  readonly force: boolean;
  readonly ignoreDaemonSets: boolean;
  readonly deleteEmptyDirData: boolean;
  /** Why the DaemonSet that a pod belongs to is not found; undefined where it is. */
  readonly daemonSetError: (pod: Pod, owner: string) => string | undefined;
}

/** Which pods of a node go, and what is said of the others. */
export interface DrainList {
  readonly going: readonly Pod[];
  /** With one of them nothing goes. */
  readonly errors: readonly string[];
  readonly warnings: string;
}

/** kubectl/pkg/drain/filters.go, drain.go GetPodsForDeletion */
export function drainProblems(pods: readonly Pod[], options: DrainOptions): DrainList {
  const judged = pods.map((pod) => ({ pod, verdict: verdictOf(pod, options) }));
  const named = (type: Verdict["type"]) =>
    grouped(
      judged.flatMap(({ pod, verdict }) => {
        const { name, namespace } = pod.metadata;
        if (verdict.type !== type || verdict.message === "") return [];
        return [[verdict.message, `${namespace ?? "default"}/${name}`] as const];
      }),
    );
  return {
    going: judged.filter(({ verdict }) => verdict.goes).map(({ pod }) => pod),
    errors: named("error").map((text) => `cannot delete ${text}`),
    warnings: named("warning").join("; "),
  };
}

interface Verdict {
  readonly goes: boolean;
  readonly type: "okay" | "warning" | "error";
  readonly message: string;
}

const okay: Verdict = { goes: true, type: "okay", message: "" };

function refusing(message: string): Verdict {
  return { goes: false, type: "error", message };
}

/** The first filter that keeps a pod has the word, else the last one. */
function verdictOf(pod: Pod, options: DrainOptions): Verdict {
  const byDaemonSet = daemonSetFilter(pod, options);
  if (!byDaemonSet.goes) return byDaemonSet;
  if (pod.metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined) {
    return { goes: false, type: "okay", message: "" };
  }
  const byStorage = localStorageFilter(pod, options);
  return byStorage.goes ? unreplicatedFilter(pod, options) : byStorage;
}

function daemonSetFilter(pod: Pod, options: DrainOptions): Verdict {
  const owner = controllerOf(pod);
  const isDaemon = owner?.kind === "DaemonSet" && owner.apiVersion === "apps/v1";
  if (owner === undefined || !isDaemon || isFinished(pod)) return okay;
  const message = options.daemonSetError(pod, owner.name);
  if (message !== undefined) {
    const isOrphan = options.force && message.endsWith("not found");
    return isOrphan ? { goes: true, type: "warning", message } : refusing(message);
  }
  return options.ignoreDaemonSets
    ? { goes: false, type: "warning", message: "ignoring DaemonSet-managed Pods" }
    : refusing("DaemonSet-managed Pods (use --ignore-daemonsets to ignore)");
}

function localStorageFilter(pod: Pod, { deleteEmptyDirData }: DrainOptions): Verdict {
  const hasStorage = pod.spec.volumes?.some(({ emptyDir }) => emptyDir !== undefined) === true;
  if (!hasStorage || isFinished(pod)) return okay;
  return deleteEmptyDirData
    ? { goes: true, type: "warning", message: "deleting Pods with local storage" }
    : refusing("Pods with local storage (use --delete-emptydir-data to override)");
}

function unreplicatedFilter(pod: Pod, { force }: DrainOptions): Verdict {
  if (isFinished(pod) || controllerOf(pod) !== undefined) return okay;
  return force
    ? { goes: true, type: "warning", message: "deleting Pods that declare no controller" }
    : refusing("cannot delete Pods that declare no controller (use --force to override)");
}

function isFinished({ status }: Pod): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
}

/** `message: a, b`, each message once in order of its first. */
function grouped(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [message, name] of pairs) {
    groups.set(message, [...(groups.get(message) ?? []), name]);
  }
  return [...groups].map(([message, names]) => `${message}: ${names.join(", ")}`);
}

function controllerOf({ metadata }: Pod): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}
