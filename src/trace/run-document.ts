import { formatDuration } from "../../machines/api/go-duration.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { ChoiceRecord } from "../choice/choices.ts";

/** All that it takes to run again, and what came of it; other keys than these are no part of it. */
export interface RunDocument {
  readonly apiVersion: "kubechart/v1";
  readonly kind: "Run";
  /** As they were applied: read, defaulted and validated. */
  readonly objects: readonly object[];
  /** As its file says it. */
  readonly scenario?: unknown;
  /** By name what is in the files that the scenario's steps name, as it was written. */
  readonly files?: Readonly<Record<string, readonly object[]>>;
  readonly choices: readonly ChoiceRecord[];
  /** Nodes besides those among the objects. */
  readonly nodes?: number;
  /** Virtual time, as Go writes durations. */
  readonly until: string;
  readonly end: RunEnd;
}

/** The state at the end; whoever runs the document again need not read it. */
export interface RunEnd {
  readonly at: string;
  /** `quiet`: only periodic work was due. */
  readonly endedBy: "quiet" | "until";
  readonly objects: readonly KubeObject[];
}

/** What a run was made of. */
export interface RunParts {
  readonly objects: readonly object[];
  readonly scenario: unknown;
  readonly files: Readonly<Record<string, readonly object[]>>;
  readonly choices: readonly ChoiceRecord[];
  readonly nodes: number | undefined;
  readonly untilMs: number;
  readonly endMs: number;
  readonly endedBy: "quiet" | "until";
  readonly endObjects: readonly KubeObject[];
}

/** The document of a run that has ended. */
export function runDocument(parts: RunParts): RunDocument {
  const { objects, scenario, files, choices, nodes, untilMs, endMs, endedBy, endObjects } = parts;
  return {
    apiVersion: "kubechart/v1",
    kind: "Run",
    objects,
    ...(scenario !== undefined && { scenario }),
    ...(Object.keys(files).length > 0 && { files }),
    choices,
    ...(nodes !== undefined && { nodes }),
    until: formatDuration(untilMs),
    end: { at: formatDuration(endMs), endedBy, objects: endObjects },
  };
}
