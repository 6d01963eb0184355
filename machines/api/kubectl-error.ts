import { quote } from "./quote.ts";

/** What kubectl was answered, or what it found wrong itself. */
export type KubectlFailure =
  | { readonly status: FailureStatus }
  /** A mistake that kubectl found before it asked anybody. */
  | { readonly error: string };

/** The part of a Status that kubectl looks at. */
export interface FailureStatus {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: {
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: readonly { readonly field?: string; readonly message?: string }[];
  };
}

/** What kubectl prints to stderr, and its exit code; kubectl/pkg/cmd/util/helpers.go CheckErr. */
export function checkErr(failure: KubectlFailure): {
  readonly text: string;
  readonly exitCode: number;
} {
  return {
    text: "status" in failure ? statusText(failure.status) : ownText(failure.error),
    exitCode: 1,
  };
}

function ownText(error: string): string {
  return error.startsWith("error: ") ? error : `error: ${error}`;
}

function statusText(status: FailureStatus): string {
  const { reason = "", message = "" } = status;
  if (reason === "Invalid") return invalidText(status);
  if (reason === "Unauthorized") {
    return `error: You must be logged in to the server (${message})`;
  }
  return reason === ""
    ? `Error from server: ${message}`
    : `Error from server (${reason}): ${message}`;
}

/** A refused object: its causes, each once. */
function invalidText({ message = "", details }: FailureStatus): string {
  const invalid = "The request is invalid";
  const told = message === "" ? invalid : `${invalid}: ${message}`;
  if (details === undefined) return told;
  const { kind = "", name = "", causes = [] } = details;
  const isNamed = kind !== "" || name !== "";
  const text = isNamed ? `The ${kind} ${quote(name)} is invalid` : invalid;
  if (causes.length === 0) return isNamed ? text : told;
  const lines = new Set(causes.map((cause) => `${cause.field ?? ""}: ${cause.message ?? ""}`));
  const [first = ""] = lines;
  if (lines.size === 1) return `${text}: ${first}\n`;
  return `${text}: \n${[...lines].map((line) => `* ${line}\n`).join("")}`;
}

/** The same with the file that it is about; kubectl/pkg/cmd/util/helpers.go AddSourceToErr. */
export function addSourceToErr<Status extends FailureStatus>(
  verb: string,
  source: string,
  status: Status,
): Status {
  const { message = "" } = status;
  return { ...status, message: `error when ${verb} ${quote(source)}: ${message}` };
}
