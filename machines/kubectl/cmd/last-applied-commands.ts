import { build, missingResource } from "./builder.ts";
import { failed, type Failure, usageError } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { hasFiles } from "./read.ts";

export function lastApplied(call: Invocation): Failure | undefined {
  if (call.args.length === 0 && !hasFiles(call)) return missingResource;
  const { infos, failure } = build(call, call.args, { labelSelector: call.flag("selector") });
  if (failure !== undefined) return failure;
  const output = call.flag("output");
  if (call.command.path.endsWith("view-last-applied") && !["", "yaml", "json"].includes(output)) {
    return usageError(
      call.command,
      `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
    );
  }
  const without = infos.find(({ object }) => {
    const annotations = object?.metadata.annotations ?? {};
    return annotations["kubectl.kubernetes.io/last-applied-configuration"] === undefined;
  });
  if (without === undefined) return undefined;
  if (call.command.path.endsWith("set-last-applied")) {
    const create = "use the flag --create-annotation to create one";
    return failed(
      `no last-applied-configuration annotation found on resource: ${without.name}, to set one, ${create}`,
    );
  }
  return failed(`no last-applied-configuration annotation found on resource: ${without.name}\n`);
}
