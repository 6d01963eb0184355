import type { Container, Pod, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { containersOf } from "./visit-containers.ts";

/** What a check of Pod Security looks at. */
export interface CheckedPod {
  readonly metadata: Unchecked<Pod>["metadata"];
  readonly spec: Unchecked<PodSpec>;
}

/** Why a pod is not let in, or undefined; pod-security-admission/policy CheckResult. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

/** All containers of a pod that are so, by name. */
export function namesOf(
  { spec }: CheckedPod,
  isBad: (container: Unchecked<Container>) => boolean,
): readonly string[] {
  const found = containersOf(spec, "spec").filter(({ container }) => isBad(container));
  return found.map(({ container }) => container.name ?? "");
}

/** `container "a"`, `containers "a", "b"` */
export function containersText(names: readonly string[]): string {
  return `${pluralize("container", names.length)} ${joinQuote(names)}`;
}

/** `pod and container "a"`; empty where nobody has set it. */
export function settersText(isSetByPod: boolean, names: readonly string[]): string {
  const both = [
    ...(isSetByPod ? ["pod"] : []),
    ...(names.length > 0 ? [containersText(names)] : []),
  ];
  return both.join(" and ");
}

/** Not as Go quotes a text. helpers.go joinQuote */
export function joinQuote(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(", ");
}

export function pluralize(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}

/** Each once, in order. */
export function sortedSet(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}
