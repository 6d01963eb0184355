import { goJson } from "../../api/go-json.ts";
import { quote } from "../../api/quote.ts";
import type { ApiStatus } from "../../apiserver/api-status.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import { getModifiedConfiguration, getOriginalConfiguration } from "../last-applied.ts";
import { applyPatch } from "../patcher.ts";
import type { Built, Info } from "./builder.ts";
import { patched } from "./change.ts";
import { type Failure, failed, fromSource, isFailure, together, usageError } from "./failure.ts";
import { fileObjects } from "./file-objects.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { objectName, resourceText } from "./mapping.ts";
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

/** kubectl/pkg/cmd/apply/apply.go */
export function apply(call: Invocation): Failure | undefined {
  if (call.args.length > 0) {
    return usageError(call.command, `Unexpected args: [${call.args.join(" ")}]`);
  }
  const early = dryRunMistake(call) ?? cascadeMistake(call) ?? filesMistake(call);
  const mistake = early ?? validateMistake(call) ?? applyMistake(call) ?? outputMistake(call);
  if (mistake !== undefined) return mistake;
  return eachOf(fileObjects(call, { isValidated: true }), "apply", (info) => {
    return call.isOn("server-side") ? serverSide(call, info) : clientSide(call, info);
  });
}

function applyMistake(call: Invocation): Failure | undefined {
  const [server, isForced] = [call.isOn("server-side"), call.isOn("force")];
  const dry = call.flag("dry-run");
  const strange = call.list("prune-allowlist").find((one) => one.split("/").length !== 3);
  if (call.isOn("prune") && strange !== undefined) {
    return failed(
      `invalid GroupVersionKind format: ${strange}, please follow <group/version/kind>`,
    );
  }
  if (call.isOn("force-conflicts") && !server) {
    return failed("--force-conflicts only works with --server-side");
  }
  if (dry === "client" && server) {
    return failed(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
  }
  if (server && isForced) return failed("--force cannot be used with --server-side");
  if (dry === "server" && isForced) return failed("--dry-run=server cannot be used with --force");
  const [all, selector] = [call.isOn("all"), call.flag("selector")];
  if (all && selector !== "") return failed("cannot set --all and --selector at the same time");
  if (call.isOn("prune")) {
    if (isForced) return failed("--force cannot be used with --prune");
    if (!all && selector === "") return failed(pruneAll);
    if (server) {
      return failed(
        "--prune is in alpha and doesn't currently work on objects created by server-side apply",
      );
    }
  }
  return call.flag("subresource") !== "" && !server
    ? failed("--subresource can only be specified for --server-side")
    : undefined;
}

const pruneAll =
  "all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector";

function serverSide(call: Invocation, info: Info): Failure | undefined {
  const { resource, namespace, name, object } = info;
  const manager = call.has("field-manager") ? call.flag("field-manager") : "kubectl";
  const force = call.isOn("force-conflicts") ? "&force=true" : "";
  const query = `?fieldManager=${encodeURIComponent(manager)}${force}`;
  const dry = call.flag("dry-run") === "server" ? "&dryRun=All" : "";
  const path = `${pathOf(resource, namespace, name)}${query}${dry}`;
  const contentType = "application/apply-patch+yaml";
  const answer = call.ask({ method: "PATCH", path, body: object, contentType });
  if (!isFailure(answer)) {
    call.say(`${objectName(resource, name)} serverside-applied${dryRunNote(call)}`);
    return undefined;
  }
  const { fails } = answer;
  const isConflict = "status" in fails && fails.status.reason === "Conflict";
  return isConflict ? failed(conflictWords(fails.status)) : answer;
}

function conflictWords({ message }: ApiStatus): string {
  return `${message}
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
}

function clientSide(call: Invocation, info: Info): Failure | undefined {
  const { resource, namespace, name, object, source = "" } = info;
  if (object === undefined) return undefined;
  const manifest = { ...object };
  const live = call.get(resource, namespace, name);
  if (isFailure(live)) {
    const { fails } = live;
    const isAbsent = "status" in fails && fails.status.reason === "NotFound";
    if (!isAbsent) return fromSource(live, retrieving(info), source);
    const made = { ...object, ...getModifiedConfiguration(manifest) };
    return post(call, { ...info, object: made }, "created", source);
  }
  if (getOriginalConfiguration({ ...live }) === undefined) {
    const what = `${resource.resource}/${name}`;
    call.warn(
      `Warning: resource ${what} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
    );
  }
  const made = applyPatch({ ...live }, manifest, call.isOn("overwrite"));
  if (!("patch" in made)) {
    return failed("error" in made ? made.error : "the patch has a conflict");
  }
  if (Object.keys(made.patch).length === 0) {
    call.say(`${objectName(resource, name)} unchanged${dryRunNote(call)}`);
    return undefined;
  }
  const contentType = `application/${made.type === "merge" ? "merge" : "strategic-merge"}-patch+json`;
  const answer = patched(call, info, made.patch, contentType);
  if (!isFailure(answer)) {
    call.say(`${objectName(resource, name)} configured${dryRunNote(call)}`);
    return undefined;
  }
  const once = fromSource(answer, "patching", source);
  return fromSource(
    once,
    `applying patch:\n${goJson(made.patch)}\nto:\n${infoText(info)}\nfor:`,
    source,
  );
}

function retrieving(info: Info): string {
  return `retrieving current configuration of:\n${infoText(info)}\nfrom server for:`;
}

/** cli-runtime/pkg/resource/visitor.go Info.String */
function infoText({ resource, name, namespace }: Info): string {
  const kind = resourceText(resource).replace(/Resource=.*$/, `Kind=${resource.kind}`);
  const names = `Name: ${quote(name)}, Namespace: ${quote(namespace)}`;
  return `Resource: ${quote(resourceText(resource))}, GroupVersionKind: ${quote(kind)}\n${names}`;
}

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
  if ("error" in documents) return failed(`unable to parse ${quote(text)}: ${documents.error}`);
  const [patch] = documents;
  return { patch: isFields(patch) || Array.isArray(patch) ? patch : text };
}
