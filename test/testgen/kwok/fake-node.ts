import { parse, parseAllDocuments } from "yaml";

import type { Pod } from "../../../machines/api/pod.ts";
import { isPod } from "../../../machines/api/objects.ts";
import { printPod } from "../../../machines/api/printers.ts";
import { strategicMergePatch } from "../../../machines/apiserver/strategic-merge-patch.ts";
import { evaluated } from "./go-template.ts";

/** The part of a Stage that suites are written with. */
export interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: {
      readonly matchLabels: Readonly<Record<string, string>>;
      readonly matchExpressions: readonly Requirement[];
    };
    readonly delay: { readonly durationMilliseconds: number };
    readonly next: {
      readonly delete?: boolean;
      readonly statusTemplate?: string;
      readonly event?: { readonly reason: string; readonly message: string };
    };
  };
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export function stagesIn(text: string): readonly Stage[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    const value = document.toJS();
    return value === null ? [] : [value];
  });
}

/** What was played: the Stage, how long after the one before, and the pod after it. */
export interface Played {
  readonly stage: string;
  readonly afterMs: number;
  /** Undefined: it is gone. */
  readonly pod: Pod | undefined;
  readonly shows: string;
}

/** Plays Stages on a pod as KWOK does; whoever rests is deleted once if some Stage waits for it. */
export function played(stages: readonly Stage[], start: Pod, startMs: number): readonly Played[] {
  const told: Played[] = [];
  let [pod, nowMs]: [Pod, number] = [start, startMs];
  for (;;) {
    const matching = stages.filter((stage) => matches(stage, pod));
    if (matching.length > 1) throw new Error(matching.map((one) => one.metadata.name).join(" or "));
    const [stage] = matching;
    if (stage === undefined) throw new Error(`no Stage for ${JSON.stringify(pod.status)}`);
    const { next, delay } = stage.spec;
    nowMs += delay.durationMilliseconds;
    const line = { stage: stage.metadata.name, afterMs: delay.durationMilliseconds };
    if (next.delete === true) return [...told, { ...line, pod: undefined, shows: "gone" }];
    if (next.statusTemplate !== undefined) {
      pod = patched(pod, next.statusTemplate, nowMs);
      told.push({ ...line, pod, shows: printPod(pod, nowMs).STATUS });
      continue;
    }
    const deleted = withDeletion(pod, "2026-01-01T01:00:00Z");
    const isOver = pod.metadata.deletionTimestamp !== undefined;
    if (isOver || !stages.some((one) => matches(one, deleted))) return told;
    pod = deleted;
  }
}

function withDeletion(pod: Pod, deletionTimestamp: string): Pod {
  const generation = (pod.metadata.generation ?? 1) + 1;
  return { ...pod, metadata: { ...pod.metadata, deletionTimestamp, generation } };
}

function patched(pod: Pod, template: string, nowMs: number): Pod {
  const status: unknown = parse(evaluated(template.trim(), pod, nowMs));
  const answer = strategicMergePatch(pod, { status }, "Pod");
  if ("error" in answer) throw new Error(answer.error);
  const { result } = answer;
  if (isObject(result) && isPod(result)) return result;
  throw new Error("a patched pod is a pod");
}

function isObject(value: unknown): value is Pod {
  return typeof value === "object" && value !== null;
}

function matches({ spec: { selector } }: Stage, pod: Pod): boolean {
  const { matchLabels, matchExpressions } = selector;
  const hasLabels = Object.entries(matchLabels).every(([key, value]) => {
    return pod.metadata.labels?.[key] === value;
  });
  return hasLabels && matchExpressions.every((one) => holds(one, pod));
}

const conditionReason = /^\.status\.conditions\.\[\] \| select\( \.type == "(.*)" \) \| \.reason$/;

function holds({ key, operator, values = [] }: Requirement, pod: Pod) {
  const [, type] = conditionReason.exec(key) ?? [];
  if (type === undefined && key !== ".metadata.deletionTimestamp") throw new Error(key);
  const found =
    type === undefined
      ? pod.metadata.deletionTimestamp
      : pod.status?.conditions?.find((one) => one.type === type)?.reason;
  if (operator === "Exists") return found !== undefined;
  if (operator === "DoesNotExist") return found === undefined;
  if (operator === "In") return found !== undefined && values.includes(found);
  throw new Error(operator);
}
