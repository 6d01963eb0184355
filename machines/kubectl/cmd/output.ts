import { quote } from "../../api/quote.ts";
import { failed, type Failure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";

/** What `--dry-run` cannot be; kubectl/pkg/cmd/util/helpers.go GetDryRunStrategy. */
export function dryRunMistake(call: Invocation): Failure | undefined {
  const value = call.flag("dry-run");
  if (["none", "server", "client", "unchanged"].includes(value)) return undefined;
  return failed(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

export function isDryRun(call: Invocation): boolean {
  return ["server", "client", "unchanged"].includes(call.flag("dry-run"));
}

/** `(server dry run)` behind what was done. */
export function dryRunNote(call: Invocation): string {
  const value = call.flag("dry-run");
  if (value === "server") return " (server dry run)";
  return value === "client" || value === "unchanged" ? " (dry run)" : "";
}

/** What `--validate` cannot be; GetValidationDirective. */
export function validateMistake(call: Invocation): Failure | undefined {
  const value = call.flag("validate");
  if (["strict", "warn", "ignore", "true", "false"].includes(value)) return undefined;
  return failed(
    `invalid - validate option ${quote(value)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** What `--cascade` cannot be; GetCascadingStrategy. */
export function cascadeMistake(call: Invocation): Failure | undefined {
  const value = call.flag("cascade");
  if (["background", "foreground", "orphan", "true", "false"].includes(value)) return undefined;
  const known = 'Must be "background", "foreground", or "orphan"';
  return failed(`invalid cascade value (${value}). ${known}`);
}

const templates =
  "go-template,go-template-file,jsonpath,jsonpath-as-json,jsonpath-file,template,templatefile";
const columns = "custom-columns,custom-columns-file";

/** Which formats a command prints. */
export const outputFormats = {
  usual: sorted(`${templates},json,kyaml,name,yaml`),
  get: sorted(`${templates},${columns},json,kyaml,name,wide,yaml`),
  edit: ["json", "kyaml", "yaml"],
  table: ["json", "kyaml", "name", "wide", "yaml"],
} as const;

function sorted(text: string): readonly string[] {
  return text.split(",").toSorted();
}

/** Why `--output` cannot be printed; cli-runtime/pkg/genericclioptions/print_flags.go ToPrinter. */
export function outputMistake(
  call: Invocation,
  formats: readonly string[] = outputFormats.usual,
): Failure | undefined {
  const output = call.flag("output");
  if (output === "" || formats.includes(output)) {
    const isTemplate = templates.split(",").includes(output) && call.flag("template") === "";
    if (isTemplate) return failed("template format specified but no template given");
    if (!columns.split(",").includes(output)) return undefined;
    return failed("custom-columns format specified but no custom columns given");
  }
  const at = output.indexOf("=");
  const [format, rest] = [output.slice(0, Math.max(at, 0)), output.slice(at + 1)];
  if (formats.includes(format)) {
    if (templates.split(",").includes(format)) return templateMistake(call, format, rest);
    if (columns.split(",").includes(format)) return columnsMistake(call, format, rest);
  }
  const known = formats.join(",");
  return failed(
    `unable to match a printer suitable for the output format ${quote(output)}, allowed formats are: ${known}`,
  );
}

function templateMistake(call: Invocation, format: string, text: string): Failure | undefined {
  if (format.endsWith("file")) {
    if (call.around.file(text) !== undefined) return undefined;
    return failed(`error reading --template ${text}, open ${text}: no such file or directory`);
  }
  if (text === "") return failed("template format specified but no template given");
  if (format.startsWith("jsonpath")) {
    const mistake = jsonPathMistake(text);
    return mistake === undefined ? undefined : failed(`error parsing jsonpath ${text}, ${mistake}`);
  }
  const open = text.lastIndexOf("{{");
  if (open < 0 || text.includes("}}", open)) return undefined;
  return failed(`error parsing template ${text}, template: output:1: unclosed action`);
}

/** client-go/util/jsonpath/parser.go, of what is left open. */
export function jsonPathMistake(text: string): string | undefined {
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", at + 1)) {
    const end = text.indexOf("}", at);
    const inside = text.slice(at + 1, end < 0 ? undefined : end);
    const bracket = inside.lastIndexOf("[");
    if (bracket >= 0 && !inside.includes("]", bracket)) return "unterminated array";
    if (end < 0) return "unclosed action";
    if (/^\s*[A-Za-z_]\w*\s*[.[]/.test(inside)) {
      return `unrecognized identifier ${/[A-Za-z_]\w*/.exec(inside)?.[0] ?? ""}`;
    }
  }
  return undefined;
}

/** kubectl/pkg/cmd/get/customcolumn.go */
function columnsMistake(call: Invocation, format: string, text: string): Failure | undefined {
  if (format === "custom-columns-file") {
    if (call.around.file(text) !== undefined) return undefined;
    return failed(`error reading template ${text}, open ${text}: no such file or directory`);
  }
  if (text === "") return failed("custom-columns format specified but no custom columns given");
  for (const part of text.split(",")) {
    const at = part.indexOf(":");
    if (at < 0) {
      return failed(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    const mistake = relaxedPathMistake(part.slice(at + 1));
    if (mistake !== undefined) return failed(mistake);
  }
  return undefined;
}

/** kubectl/pkg/cmd/get RelaxedJSONPathExpression */
export function relaxedPathMistake(path: string): string | undefined {
  if (path === "" || /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.test(path)) return undefined;
  return "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'";
}
