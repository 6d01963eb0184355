import { admin } from "../../machines/apiserver/user-info.ts";
import { splitArgv } from "../manifest/scenario/argv.ts";
import type { KubectlStep, Timed } from "../manifest/scenario/steps.ts";
import type { Detail } from "../system/kernel-event.ts";
import { drainOf } from "./kubectl-drain.ts";
import { rolloutsOf } from "./kubectl-typed.ts";

/** A message to the program kubectl. */
export interface ProgramAction {
  readonly type: "kubectl";
  readonly event: string;
  readonly detail: Detail;
}

/** What takes kubectl longer than a request, or what it makes of objects that it reads. */
export function programActions({
  atMs,
  command,
  text,
  user,
}: KubectlStep & Pick<Timed, "atMs">): readonly ProgramAction[] | undefined {
  const { verb, subcommand = "" } = command;
  if (verb === "drain") {
    return [{ type: "kubectl", event: "drain.begun", detail: { drain: drainOf(command, user) } }];
  }
  const line = `${verb} ${subcommand}`.trim();
  if (line === "rollout status") {
    return rolloutsOf(command, Math.max(0, atMs)).map((rollout) => {
      return { type: "kubectl", event: "rollout.watched", detail: { rollout } };
    });
  }
  if (!typedLines.includes(line)) return undefined;
  const argv = splitArgv(text);
  const words = "expected" in argv ? [] : argv.words;
  const detail = { words, credential: user ?? admin };
  return [{ type: "kubectl", event: "line.typed", detail }];
}

const typedLines = ["expose", "set resources"];
