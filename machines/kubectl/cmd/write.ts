import type { Built, Info } from "./built.ts";
import { failed, type Failure, fromSource, isFailure, together, usageError } from "./failure.ts";
import { fileObjects } from "./file-objects.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import {
  cascadeMistake,
  dryRunMistake,
  dryRunNote,
  isDryRun,
  outputMistake,
  validateMistake,
} from "./output.ts";

/** cli-runtime/pkg/resource FilenameOptions.RequireFilenameOrKustomize */
export function filesMistake(call: Invocation): Failure | undefined {
  const hasFile = call.list("filename").length > 0;
  const hasKustomize = call.flag("kustomize") !== "";
  if (hasFile && hasKustomize) return failed("only one of -f or -k can be specified");
  return hasFile || hasKustomize ? undefined : failed("must specify one of -f and -k");
}

/** What a `--raw` cannot stand beside. */
export function rawMistake(call: Invocation): Failure | undefined {
  if (call.flag("raw") === "") return undefined;
  const files = call.list("filename");
  if (files.length !== 1) return failed("--raw can only use a single local file or stdin");
  if (/^https?:\/\//.test(files[0] ?? "")) return failed("--raw cannot read from a url");
  if (call.isOn("recursive")) return failed("--raw and --recursive are mutually exclusive");
  return call.flag("output") === ""
    ? undefined
    : failed("--raw and --output are mutually exclusive");
}

/** Does something with each object of the files, and tells all that goes wrong. */
export function eachOf(
  { infos, failure }: Built,
  verb: string,
  act: (info: Info) => Failure | undefined,
): Failure | undefined {
  const failures = infos.flatMap((info) => act(info) ?? []);
  if (infos.length === 0 && failure === undefined) return failed(`no objects passed to ${verb}`);
  return together([...(failure === undefined ? [] : [failure]), ...failures]);
}

/** kubectl/pkg/cmd/create/create.go */
export function create(call: Invocation): Failure | undefined {
  const files = call.list("filename").length > 0 || call.flag("kustomize") !== "";
  if (call.args.length > 0) {
    return usageError(call.command, `Unexpected args: [${call.args.join(" ")}]`);
  }
  if (!files) return failed("must specify one of -f and -k");
  const mistake =
    dryRunMistake(call) ??
    outputMistake(call) ??
    filesMistake(call) ??
    rawMistake(call) ??
    validateMistake(call);
  if (mistake !== undefined) return mistake;
  return eachOf(fileObjects(call, { isValidated: true }), "create", (info) => {
    return post(call, info, "created", info.source);
  });
}

/** Makes an object, unless it is only tried. */
export function post(call: Invocation, info: Info, done: string, source = ""): Failure | undefined {
  const { resource, namespace, object } = info;
  if (call.flag("dry-run") !== "client") {
    const dry = call.flag("dry-run") === "server" ? "?dryRun=All" : "";
    const path = `${pathOf(resource, namespace, "")}${dry}`;
    const answer = call.ask({ method: "POST", path, body: object });
    if (isFailure(answer)) return fromSource(answer, "creating", source);
  }
  call.say(`${objectName(resource, info.name)} ${done}${dryRunNote(call)}`);
  return undefined;
}

/** kubectl/pkg/cmd/replace/replace.go */
export function replace(call: Invocation): Failure | undefined {
  const isForced = call.isOn("force");
  const early =
    dryRunMistake(call) ?? validateMistake(call) ?? outputMistake(call) ?? filesMistake(call);
  const cascade = early ?? cascadeMistake(call);
  if (cascade !== undefined) return cascade;
  if (call.number("grace-period") >= 0 && !isForced) {
    return failed("--grace-period must have --force specified");
  }
  if (!/^0+[a-z]*$/.test(call.flag("timeout")) && !isForced) {
    return failed("--timeout must have --force specified");
  }
  if (isForced && isDryRun(call)) return failed("--dry-run can not be used when --force is set");
  const raw = rawMistake(call);
  if (raw !== undefined) return raw;
  return eachOf(fileObjects(call, { isValidated: true }), "replace", (info) => {
    const { resource, namespace, name, object, source = "" } = info;
    if (name === "") return failed("metadata.name: Required value: name is required");
    const subresource = call.flag("subresource");
    const below = subresource === "" ? "" : `/${subresource}`;
    const dry = call.flag("dry-run") === "server" ? "?dryRun=All" : "";
    const path = `${pathOf(resource, namespace, name)}${below}${dry}`;
    const answer = call.ask({ method: "PUT", path, body: object });
    if (isFailure(answer)) return fromSource(answer, "replacing", source);
    call.say(`${objectName(resource, name)} replaced${dryRunNote(call)}`);
    return undefined;
  });
}
