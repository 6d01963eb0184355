import { addSourceToErr, checkErr, type FailureStatus } from "../../machines/api/kubectl-error.ts";
import { timeText } from "./timeline-text.ts";
import { type UserStep, userStepOf } from "./user-step.ts";

/** A request of a user that the API server refused. */
export interface Refused {
  readonly atMs: number;
  /** The line of kubectl that asked, if a step did. */
  readonly step: string | undefined;
  /** As kubectl prints it. */
  readonly text: string;
  /** There was nothing that the step could have been about. */
  readonly cannotApply: boolean;
}

/** What a delivery tells a user of a request; undefined when it tells nobody. */
export function refusedIn(
  steps: readonly UserStep[],
  { to, at, event, detail }: TracedAnswer,
): Refused | undefined {
  if (!to.startsWith("kubectl/") || event.type !== "request.refused") return undefined;
  const { status = {}, error, request, source, name = "", said, ...others }: Told = { ...detail };
  const isFile = request === "request.create" && source !== undefined;
  const told = isFile ? addSourceToErr("creating", source, status) : status;
  const object = { apiVersion: "", kind: "", metadata: { name: status.details?.name ?? name } };
  const step = others.step ?? userStepOf(steps, { atMs: at, object });
  const cannotApply =
    others.cannotApply === true || (status.reason === "NotFound" && error === undefined);
  const failure = error === undefined ? { status: told } : { error };
  return { atMs: at, step, text: said ?? checkErr(failure).text.trimEnd(), cannotApply };
}

/** The part of a delivery that says it. */
interface TracedAnswer {
  readonly to: string;
  /** Virtual milliseconds. */
  readonly at: number;
  readonly event: { readonly type: string };
  readonly detail: object | null;
}

interface Told {
  readonly status?: FailureStatus;
  /** All that kubectl has printed. */
  readonly said?: string;
  /** What a fault was to do. */
  readonly step?: string;
  readonly cannotApply?: boolean;
  /** What kubectl found itself. */
  readonly error?: string;
  readonly request?: string;
  readonly source?: string;
  /** Of the object that was asked about, where the status does not say. */
  readonly name?: string;
}

/** Empty when nothing was refused. */
export function refusalsText(refused: readonly Refused[]): string {
  if (refused.length === 0) return "";
  const lines = refused.flatMap(({ atMs, step = "a request", text }) => [
    `  ${timeText(atMs)}  ${step}`,
    ...text.split("\n").map((line) => `    ${line.trimEnd()}`),
  ]);
  return ["", "Refused:", ...lines, ""].join("\n");
}
