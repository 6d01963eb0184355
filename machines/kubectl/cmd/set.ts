import { quote } from "../../api/quote.ts";
import { noResource } from "./change.ts";
import { resourceList } from "./create-objects.ts";
import { failed, type Failure, isFailure, together } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { dryRunMistake, outputMistake } from "./output.ts";
import { resourcesAndPairs } from "./pairs.ts";
import { allMistake, eachPod, localMistake, matches, named } from "./pod-template.ts";
import { hasFiles } from "./read.ts";
import { env } from "./set-env.ts";
import { selector, serviceaccount, subject } from "./set-others.ts";

/** kubectl/pkg/cmd/set */
export const setCommands = { env, image, resources, selector, serviceaccount, subject };

/** Pairs belong to the changes; an image's may not be empty words. */
function image(call: Invocation): Failure | undefined {
  const pairs = resourcesAndPairs(call.args, "image");
  const early = isFailure(pairs) ? pairs : (dryRunMistake(call) ?? outputMistake(call));
  if (early !== undefined || isFailure(pairs)) return early;
  const images = pairs.changes.map((text) => {
    const at = text.indexOf("=");
    return { name: text.slice(0, at), image: text.slice(at + 1) };
  });
  const mistakes = [
    ...allMistake(call),
    ...(pairs.resources.length === 0 && !hasFiles(call) ? [failed(noResource)] : []),
    ...(images.length === 0 ? [failed("at least one image update is required")] : []),
    ...localMistake(call),
  ];
  const found = named(call, pairs.resources);
  if (isFailure(found)) return found;
  const mistake = together(mistakes);
  if (mistake !== undefined) return mistake;
  return eachPod(call, found.infos, (containers) => {
    const absent = images.filter(({ name }) => {
      return name !== "*" && !containers.some((one) => one.name === name);
    });
    const changes = containers.flatMap(({ name }) => {
      const last = images.findLast((one) => one.name === name || one.name === "*");
      return last === undefined ? [] : [{ name, image: last.image }];
    });
    const failures = absent.map(({ name }) => {
      return failed(`error: unable to find container named ${quote(name)}`);
    });
    return {
      changes,
      failures,
      words: "failed to patch image update to pod template:",
      done: "image updated",
    };
  });
}

/** kubectl/pkg/cmd/set/set_resources.go */
export function resources(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const found = named(call, call.args);
  if (isFailure(found)) return found;
  const wrong = localMistake(call)[0] ?? allMistake(call)[0];
  if (wrong !== undefined) return wrong;
  if (call.flag("limits") === "" && call.flag("requests") === "") {
    return failed(
      "you must specify an update to requests or limits (in the form of --requests/--limits)",
    );
  }
  const [limits, requests] = [call.flag("limits"), call.flag("requests")].map(resourceList);
  if (limits === undefined || requests === undefined) return undefined;
  if (isFailure(limits)) return limits;
  if (isFailure(requests)) return requests;
  const wanted = call.flag("containers");
  return eachPod(call, found.infos, (containers) => {
    const own = containers.filter(({ name }) => matches(wanted, name));
    const amounts = {
      ...(call.has("limits") && { limits }),
      ...(call.has("requests") && { requests }),
    };
    return {
      changes: own.map(({ name }) => ({ name, resources: amounts })),
      failures: own.length > 0 ? [] : [failed(`error: unable to find container named ${wanted}`)],
      words: "failed to patch resources update to pod template",
      done: "resource requirements updated",
    };
  });
}
