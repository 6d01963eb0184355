import { quote } from "../../api/quote.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import { failed, type Failure, usageError } from "./failure.ts";
import { fileObjects } from "./file-objects.ts";
import type { Invocation } from "./invocation.ts";
import { filesMistake } from "./write.ts";

/** kubectl/pkg/cmd/diff/diff.go: 1 would say that there is a difference. */
export function diff(call: Invocation): Failure | undefined {
  if (call.args.length > 0) {
    return usageError(call.command, `Unexpected args: [${call.args.join(" ")}]`);
  }
  const mistake = filesMistake(call);
  if (mistake !== undefined) return mistake;
  return fileObjects(call, { isValidated: false }).failure;
}

/** kubectl/pkg/cmd/patch/patch.go */
export function patchMistake(call: Invocation): Failure | undefined {
  const [text, file] = [call.flag("patch"), call.flag("patch-file")];
  if (text !== "" && file !== "") {
    return failed("cannot specify --patch and --patch-file together");
  }
  if (text === "" && file === "") {
    return failed("must specify --patch or --patch-file containing the contents of the patch");
  }
  if (call.isOn("local") && call.args.length > 0) {
    return failed("cannot specify --local and server resources");
  }
  if (call.isOn("local") && call.flag("dry-run") === "server") {
    return failed("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  }
  const type = call.flag("type");
  if (["json", "merge", "strategic"].includes(type.toLowerCase())) return undefined;
  return failed(`--type must be one of [json merge strategic], not ${quote(type)}`);
}

/** The patch that a text is; it may be YAML. */
export function patchOf(call: Invocation): { readonly patch: unknown } | Failure {
  const file = call.flag("patch-file");
  const text = file === "" ? call.flag("patch") : call.around.file(file);
  if (text === undefined) {
    return failed(`unable to read patch file: open ${file}: no such file or directory`);
  }
  const documents = call.around.documents(text);
  if ("error" in documents && /^\s*\{/.test(text)) return { patch: text };
  if ("error" in documents) return failed(`unable to parse ${quote(text)}: ${documents.error}`);
  const [patch] = documents;
  return { patch: isFields(patch) || Array.isArray(patch) ? patch : text };
}
