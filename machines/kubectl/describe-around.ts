import { type DescribedEvent, eventLines } from "../api/describe-events.ts";
import { line, tabbedString } from "../api/describe-lines.ts";
import type { KubeEvent } from "../api/event.ts";
import type { LabelSelector } from "../api/label-selector.ts";
import type { KubeObject } from "../api/meta.ts";
import { isStored, type ObjectByKind } from "../api/objects.ts";
import { labelSelectorAsSelector, selectorMatches } from "../api/selector.ts";

/** What kubectl asks for besides the object that it describes. */
export interface Around {
  /** Sorted as a list comes from the API server. */
  readonly objects: readonly KubeObject[];
  /** None are shown where they are not asked for. */
  readonly events?: readonly KubeEvent[];
  readonly nowMs: number;
}

/** The description, with the Events about the object at its end. */
export function described(
  object: KubeObject,
  { events, nowMs }: Around,
  parts: readonly string[],
): string {
  const about = events === undefined ? "" : eventLines(eventsAbout(object, events), nowMs);
  return tabbedString(parts.join("") + about);
}

/** Those of its very uid; for a node those of its name too, which its kubelet uses as one. */
function eventsAbout(
  { kind, metadata }: KubeObject,
  events: readonly KubeEvent[],
): readonly DescribedEvent[] {
  const { name, namespace = "", uid = "" } = metadata;
  const named = events.filter(({ involvedObject: about }) => {
    return about.name === name && about.kind === kind && (about.namespace ?? "") === namespace;
  });
  const uids = kind === "Node" ? [uid, name] : [uid];
  return uids.flatMap((wanted) =>
    named.filter(({ involvedObject }) => wanted === "" || involvedObject.uid === wanted),
  );
}

/** The objects of a kind in a namespace. */
export function listed<Kind extends keyof ObjectByKind>(
  { objects }: Around,
  kind: Kind,
  namespace: string | undefined,
): readonly ObjectByKind[Kind][] {
  return objects
    .filter((one) => isStored(one, kind))
    .filter((one) => one.metadata.namespace === namespace);
}

/** The owner's pods by phase; kubectl/pkg/describe getPodStatusForController. */
export function podsStatusLine(
  { metadata }: KubeObject,
  asked: LabelSelector | undefined,
  around: Around,
): string {
  const selector = labelSelectorAsSelector(asked);
  const own = listed(around, "Pod", metadata.namespace).filter((pod) => {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
    if (owner?.uid !== (metadata.uid ?? "")) return false;
    return !("error" in selector) && selectorMatches(selector, pod.metadata.labels ?? {});
  });
  const count = (phase: string) => own.filter(({ status }) => status?.phase === phase).length;
  const [running, waiting] = [count("Running"), count("Pending")];
  const [succeeded, failed] = [count("Succeeded"), count("Failed")];
  return line(
    0,
    `Pods Status:\t${running} Running / ${waiting} Waiting / ${succeeded} Succeeded / ${failed} Failed`,
  );
}
