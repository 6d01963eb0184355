import { quote } from "../../api/quote.ts";
import { build } from "./builder.ts";
import { failed, type Failure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { groupVersion, resourceFor, resourceText } from "./mapping.ts";
import { outputMistake } from "./output.ts";
import { suggestion } from "./read.ts";

/** kubectl/pkg/cmd/explain/explain.go; `fields` says whether a path is one of a kind's. */
export function explain(call: Invocation): Failure | undefined {
  const [path, ...more] = call.args;
  if (path === undefined) {
    return failed(`You must specify the type of resource to explain. ${suggestion}`);
  }
  if (more.length > 0) return failed("We accept only this format: explain RESOURCE");
  const [word = "", ...names] = path.split(".");
  const resource = resourceFor(word);
  if (resource === undefined) {
    return { fails: { plain: `the server doesn't have a resource type ${quote(word)}` } };
  }
  const version = call.flag("api-version");
  if (version !== "" && version !== groupVersion(resource)) {
    const [last = "", group = ""] = version.split("/").toReversed();
    const text = resourceText({ ...resource, group, version: last });
    return failed(`couldn't find resource for ${quote(text)}`);
  }
  const output = call.flag("output");
  if (!output.startsWith("plaintext")) return failed(`unrecognized format: ${output}`);
  const group = resource.group === "" ? "" : `GROUP:      ${resource.group}\n`;
  call.stdout += `${group}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`;
  const stray = call.around.unknownField(
    resource.kind,
    names.filter((name) => name !== ""),
  );
  return stray === undefined ? undefined : failed(`field ${quote(stray)} does not exist`);
}

/** kubectl/pkg/cmd/events/events.go */
export function events(call: Invocation): Failure | undefined {
  const wrong = outputMistake(call);
  if (wrong !== undefined) return wrong;
  const about = call.flag("for");
  if (about !== "") {
    const [type = "", name, ...more] = about.split("/");
    if (name === undefined || more.length > 0) {
      return failed("--for must be in resource/name form");
    }
    if (resourceFor(type) === undefined) {
      return { fails: { plain: `the server doesn't have a resource type ${quote(type)}` } };
    }
  }
  const strange = call.list("types").find((one) => !/^(normal|warning)$/i.test(one));
  if (strange !== undefined) return failed("valid --types are Normal or Warning");
  const { infos, failure } = build(call, ["events"], { allowsTypeAlone: true });
  for (const { name } of infos) call.say(name);
  return failure;
}
