import type { Subject } from "../../system/composition.ts";

/** What an environment is asked about: a pod's part, and which try it is. */
export interface About extends Subject {
  readonly image?: string;
  /** From 1: the container's start, the sandbox's or the mount's try. */
  readonly run?: number;
}

/** How a process goes. */
export interface ProcessAnswer {
  /** Milliseconds; null: until it is stopped. */
  readonly runsMs: number | null;
  readonly exitCode: number;
  /** The termination message. */
  readonly message?: string;
  /** How it takes the stop signal. */
  readonly onStop: StopAnswer;
}

export type StopAnswer = "ignored" | { readonly takesMs: number; readonly exitCode: number };

export interface MemoryPoint {
  readonly atMs: number;
  readonly usageBytes: number;
  /** Which process uses most of it. */
  readonly largest: "main" | "child";
}

/** A call that takes its time and may fail. */
export interface CallAnswer {
  readonly takesMs?: number;
  /** The error's text; absent: it succeeds. */
  readonly fails?: string;
  readonly cause?: "config" | "runtime";
}

/** What a scenario says; undefined: nothing, so the choice is open. */
export interface EnvironmentAnswers {
  process(about: About): Partial<ProcessAnswer> | undefined;
  memory(about: About): readonly MemoryPoint[] | undefined;
  create(about: About, atMs: number): CallAnswer | undefined;
  start(about: About, atMs: number): CallAnswer | undefined;
  hook(about: About, hook: "postStart" | "preStop"): CallAnswer | undefined;
  sandbox(about: About, atMs: number): CallAnswer | undefined;
  mount(about: About, atMs: number): CallAnswer | undefined;
}

/** An environment that says nothing. */
export const noAnswers: EnvironmentAnswers = {
  process: () => undefined,
  memory: () => undefined,
  create: () => undefined,
  start: () => undefined,
  hook: () => undefined,
  sandbox: () => undefined,
  mount: () => undefined,
};
