import type { KubeObject } from "../../machines/api/meta.ts";
import type { KubeSchedulerConfiguration } from "../../machines/api/scheduler-configuration.ts";
import type { Unchecked } from "../../machines/api/unchecked.ts";
import { validateKubeSchedulerConfiguration } from "../../machines/scheduler/configuration/validation.ts";
import type { Issue } from "../yaml/issue.ts";
import { pathText } from "../yaml/issue.ts";
import { textOf, valueAt } from "../yaml/node.ts";
import type { ManifestEntry } from "./decode.ts";
import { issueOfConfiguration, tellsOf } from "./refusal.ts";
import { fieldsOf } from "./schema/kinds.ts";
import { type FieldPath, readStruct } from "./structure.ts";

/**
 * How the kube-scheduler is started. It has no name in Kubernetes, where it is a file; among the
 * objects of a cluster it stands under this one.
 */
export type SchedulerSetting = KubeSchedulerConfiguration & KubeObject;

/** One that was read, with its place. */
export interface SchedulerEntry {
  readonly entry: ManifestEntry;
  readonly missed: readonly FieldPath[];
  readonly scheduler: Unchecked<KubeSchedulerConfiguration>;
}

export function isSchedulerConfiguration(object: {
  readonly kind?: unknown;
}): object is SchedulerSetting {
  return object.kind === "KubeSchedulerConfiguration";
}

/** What its file would hold. */
export function schedulerFile(setting: SchedulerSetting): object {
  const { metadata: _, ...file } = setting;
  return file;
}

/** The name of a single profile, and every reason why a kube-scheduler would not start. */
export function checkSchedulers(entries: readonly SchedulerEntry[]): {
  readonly settings: readonly SchedulerSetting[];
  readonly issues: readonly Issue[];
} {
  const settings = entries.map(({ scheduler }) => withDefaults(scheduler));
  const wrong = settings.flatMap((setting, index) => {
    const read = entries[index];
    if (read === undefined) return [];
    const ofArgs = argsIssues(read.entry);
    if (ofArgs.length > 0) return ofArgs;
    const errors = validateKubeSchedulerConfiguration(setting);
    const told = errors.filter(({ field }) => !tellsOf(read.missed, field));
    return told.map((error) => issueOfConfiguration(read.entry, error));
  });
  return { settings, issues: [...wrong, ...seconds(entries)] };
}

/** apis/config/v1/defaults.go: a single profile has a name by itself. */
function withDefaults(scheduler: Unchecked<KubeSchedulerConfiguration>): SchedulerSetting {
  const { profiles = [], ...others } = scheduler;
  const [first = {}, ...more] = profiles;
  const named = { schedulerName: "default-scheduler", ...first };
  const whole = {
    ...others,
    apiVersion: "kubescheduler.config.k8s.io/v1",
    kind: "KubeSchedulerConfiguration" as const,
    metadata: { name: "kube-scheduler" },
    profiles: more.length === 0 ? [named] : profiles,
  };
  return trusted(whole);
}

/** Compared with the structure by now, and not used before it is validated. */
function trusted(whole: { readonly kind: "KubeSchedulerConfiguration" }): SchedulerSetting {
  if (isSchedulerConfiguration(whole)) return whole;
  throw new Error("a configuration has its kind");
}

/** The arguments of each plugin have a structure of their own. */
function argsIssues({ file, node, path }: ManifestEntry): readonly Issue[] {
  const profiles = itemsOf(valueAt(node, "profiles"));
  return profiles.flatMap((profile, index) => {
    return itemsOf(valueAt(profile, "pluginConfig")).flatMap((config, at) => {
      const args = valueAt(config, "args");
      const struct = `${textOf(valueAt(config, "name"))}Args`;
      if (args === undefined || fieldsOf(struct) === undefined) return [];
      const inside = [...path, "profiles", index, "pluginConfig", at, "args"];
      return readStruct(args, struct, file, inside).issues;
    });
  });
}

function itemsOf(node: ReturnType<typeof valueAt>) {
  return node?.kind === "list" ? node.items : [];
}

function seconds(entries: readonly SchedulerEntry[]): Issue[] {
  const [first, ...others] = entries;
  return others.map(({ entry: { file, node, path } }) => ({
    file,
    line: node.line,
    column: node.column,
    path: pathText(path),
    expected: "one KubeSchedulerConfiguration, which may have several profiles",
    got: `a second one, the first is in ${first?.entry.file} line ${first?.entry.node.line}`,
  }));
}
