import { goJson } from "../../api/go-json.ts";
import { quote } from "../../api/quote.ts";
import type { ApiStatus } from "../../apiserver/api-status.ts";
import { getModifiedConfiguration, getOriginalConfiguration } from "../last-applied.ts";
import { applyPatch } from "../patcher.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, fromSource, isFailure, usageError } from "./failure.ts";
import { fileObjects } from "./file-objects.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { objectName, resourceText } from "./mapping.ts";
import {
  cascadeMistake,
  dryRunMistake,
  dryRunNote,
  outputMistake,
  validateMistake,
} from "./output.ts";
import { patched } from "./patch-call.ts";
import { eachOf, filesMistake, post } from "./write.ts";

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
