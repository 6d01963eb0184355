import { addSourceToErr, checkErr } from "../../api/kubectl-error.ts";
import { quote } from "../../api/quote.ts";
import type { ApiStatus } from "../../apiserver/api-status.ts";
import { type Command, commandPath } from "./command-tree.ts";

/** Why kubectl ends with an error. */
export interface Failure {
  readonly fails: Cause;
}

type Cause =
  /** What the API server answered. */
  | { readonly status: ApiStatus }
  /** What kubectl found itself. */
  | { readonly error: string }
  /** The same without `error:` before it. */
  | { readonly plain: string }
  | { readonly several: readonly Failure[] };

export function isFailure(value: object): value is Failure {
  return "fails" in value;
}

export function failed(error: string): Failure {
  return { fails: { error } };
}

export function refused(status: ApiStatus): Failure {
  return { fails: { status } };
}

/** kubectl/pkg/cmd/util/helpers.go UsageErrorf */
export function usageError(command: Command, error: string): Failure {
  return failed(`${error}\nSee '${commandPath(command)} -h' for help and examples`);
}

/** All of them as one; undefined without any. */
export function together(failures: readonly Failure[]): Failure | undefined {
  const [first] = failures;
  return failures.length > 1 ? { fails: { several: failures } } : first;
}

/** The text for stderr; kubectl/pkg/cmd/util/helpers.go checkErr */
export function failureText(failure: Failure): string {
  const text = ownText(failure);
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function ownText({ fails }: Failure): string {
  if ("plain" in fails) return fails.plain;
  if (!("several" in fails)) return checkErr(fails).text;
  return fails.several.map((one) => `${messageOf(one)}\n`).join("");
}

/** Of one failure among others nothing tells that it is an error. messageForError */
export function messageOf({ fails }: Failure): string {
  if ("error" in fails) return fails.error;
  if ("plain" in fails) return fails.plain;
  if ("several" in fails) {
    const texts = fails.several.map(messageOf);
    return texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
  }
  const { reason = "", message } = fails.status;
  return reason === "Invalid"
    ? `Error from server (Invalid): ${message}`
    : checkErr({ status: fails.status }).text;
}

/** A failure's words without who says them. Go's `err.Error()` */
export function bareMessage({ fails }: Failure): string {
  if ("status" in fails) return fails.status.message;
  return messageOf({ fails });
}

/** A failure with the file that it is about; AddSourceToErr. */
export function fromSource(failure: Failure, verb: string, source: string): Failure {
  const { fails } = failure;
  if (source === "") return failure;
  if ("status" in fails) return refused(addSourceToErr(verb, source, fails.status));
  if (!("error" in fails)) return failure;
  return failed(`error when ${verb} ${quote(source)}: ${fails.error}`);
}
