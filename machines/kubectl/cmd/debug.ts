import { quote } from "../../api/quote.ts";
import { build } from "./builder.ts";
import { failed, type Failure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { reference } from "./run.ts";

const legacy =
  '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".';

/** kubectl/pkg/cmd/debug/debug.go; a debugging container is added by a step of a scenario. */
export function debug(call: Invocation): Failure | undefined {
  const mistake = debugMistake(call);
  if (mistake !== undefined) return failed(mistake);
  if (call.flag("profile") === "legacy") call.warn(legacy);
  const { infos, failure } = build(
    call,
    call.args
      .slice(0, call.dash ?? call.args.length)
      .map((one) => (one.includes("/") ? one : `pods/${one}`)),
  );
  if (failure !== undefined) return failure;
  const other = infos.find(({ resource }) => !["Pod", "Node"].includes(resource.kind));
  if (other === undefined) return undefined;
  const { group, version, kind } = other.resource;
  return failed(`${quote(`${group}/${version}, Kind=${kind}`)} not supported by debug`);
}

const profiles = ["legacy", "general", "baseline", "netadmin", "restricted", "sysadmin", ""];

function debugMistake(call: Invocation): string | undefined {
  const [image, copyTo] = [call.flag("image"), call.flag("copy-to")];
  const command = call.dash === undefined ? [] : call.args.slice(call.dash);
  const setsImages = call.has("set-image");
  if (!profiles.includes(call.flag("profile"))) return `unknown profile: ${call.flag("profile")}`;
  if (copyTo !== "") {
    if (image === "" && !setsImages && command.length === 0) {
      return "you must specify --image, --set-image or command arguments.";
    }
  } else {
    if (call.isOn("replace")) return "--replace may only be used with --copy-to.";
    if (call.isOn("same-node")) return "--same-node may only be used with --copy-to.";
    if (setsImages) return "--set-image may only be used with --copy-to.";
    if (image === "") return "you must specify --image when not using --copy-to.";
  }
  if (image !== "" && !reference.test(image)) {
    return `invalid image name ${quote(image)}: invalid reference format`;
  }
  if (call.args.slice(0, call.dash ?? call.args.length).length === 0) {
    return "NAME or filename is required for debug";
  }
  const policy = call.flag("image-pull-policy");
  if (!["", "Always", "IfNotPresent", "Never"].includes(policy)) {
    return `invalid image pull policy: ${policy}`;
  }
  if (call.flag("target") !== "" && copyTo !== "") {
    return "--target is incompatible with --copy-to. Use --share-processes instead.";
  }
  const isTty = call.isOn("tty") && !call.isOn("stdin");
  return isTty ? "-i/--stdin is required for containers with -t/--tty=true" : undefined;
}
