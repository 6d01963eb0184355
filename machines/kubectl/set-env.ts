import type { Container, EnvVar } from "../api/pod.ts";

/** The containers of a template. */
export interface EnvHolder {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
}

/** Those whose environment changes. */
export interface EnvPatch {
  readonly containers?: readonly ContainerPatch[];
  readonly initContainers?: readonly ContainerPatch[];
}

interface ContainerPatch {
  readonly name: string;
  readonly env: readonly EnvVarPatch[];
}

/**
 * What `kubectl set env` sends: a strategic patch of the containers whose environment it changes.
 * `NAME=value` adds or replaces, `NAME-` takes away. kubectl/pkg/cmd/set/set_env.go updateEnv
 */
export function envPatch(spec: EnvHolder, changes: readonly string[]): EnvPatch {
  const containers = (spec.containers ?? []).flatMap((one) => patchOf(one, changes) ?? []);
  const initContainers = (spec.initContainers ?? []).flatMap((one) => patchOf(one, changes) ?? []);
  return {
    ...(containers.length > 0 && { containers }),
    ...(initContainers.length > 0 && { initContainers }),
  };
}

interface EnvVarPatch extends Omit<EnvVar, "valueFrom"> {
  readonly valueFrom?: null;
  readonly $patch?: "delete";
}

function patchOf(
  { name, env = [] }: Container,
  changes: readonly string[],
): ContainerPatch | undefined {
  const patched = changes.flatMap((change): readonly EnvVarPatch[] => {
    const at = change.indexOf("=");
    const variable = at < 0 ? change.replace(/-$/, "") : change.slice(0, at);
    const before = env.find((one) => one.name === variable);
    if (at < 0) return before === undefined ? [] : [{ name: variable, $patch: "delete" }];
    const given = { name: variable, value: change.slice(at + 1) };
    return [before?.valueFrom === undefined ? given : { ...given, valueFrom: null }];
  });
  return patched.length === 0 ? undefined : { name, env: patched };
}
