import type { KubeletConfiguration } from "../../machines/api/kubelet-configuration.ts";
import type { Unchecked } from "../../machines/api/unchecked.ts";
import { setDefaultsKubeletConfiguration } from "../../machines/kubelet/kubelet-configuration.ts";
import { validateKubeletConfiguration } from "../../machines/kubelet/kubelet-configuration-validation.ts";
import type { Issue } from "../yaml/issue.ts";
import { pathText } from "../yaml/issue.ts";
import type { ManifestEntry } from "./decode.ts";
import { issueOfConfiguration, tellsOf } from "./refusal.ts";
import type { FieldPath } from "./structure.ts";

/**
 * How one kubelet is set up, or all of them. A `KubeletConfiguration` has no name in Kubernetes: it
 * is a file on a node. In a manifest one that stands directly behind a `Node` belongs to that
 * node; any other one is for every node without its own.
 */
export interface KubeletSetting {
  /** Absent: for every node without its own. */
  readonly node?: string;
  readonly configuration: Unchecked<KubeletConfiguration>;
}

/** One that was read, with its place. */
export interface KubeletEntry extends KubeletSetting {
  readonly entry: ManifestEntry;
  readonly missed: readonly FieldPath[];
}

/** What the kubelet of a node is set up with, defaults included. */
export function kubeletConfigurationOf(
  settings: readonly KubeletSetting[],
  nodeName: string,
): Unchecked<KubeletConfiguration> {
  const own = settings.find((setting) => setting.node === nodeName);
  const all = settings.find((setting) => setting.node === undefined);
  const kind = "KubeletConfiguration";
  const none = { apiVersion: "kubelet.config.k8s.io/v1beta1", kind };
  return own?.configuration ?? all?.configuration ?? setDefaultsKubeletConfiguration(none);
}

/** Defaults, and every reason why a kubelet would not start. */
export function checkKubelets(entries: readonly KubeletEntry[]): {
  readonly settings: readonly KubeletSetting[];
  readonly issues: readonly Issue[];
} {
  const settings = entries.map(({ node, configuration }) => {
    const whole = setDefaultsKubeletConfiguration(configuration);
    return node === undefined ? { configuration: whole } : { node, configuration: whole };
  });
  const wrong = settings.flatMap(({ configuration }, index) => {
    const read = entries[index];
    if (read === undefined) return [];
    const errors = validateKubeletConfiguration(configuration);
    const told = errors.filter(({ field }) => !tellsOf(read.missed, field));
    return told.map((error) => issueOfConfiguration(read.entry, error));
  });
  return { settings, issues: [...wrong, ...secondForAll(entries)] };
}

function secondForAll(entries: readonly KubeletEntry[]): Issue[] {
  const [first, ...others] = entries.filter(({ node }) => node === undefined);
  return others.map(({ entry: { file, node, path } }) => ({
    file,
    line: node.line,
    column: node.column,
    path: pathText(path),
    expected: "one KubeletConfiguration for all nodes",
    got: `a second one, the first is in ${first?.entry.file} line ${first?.entry.node.line}`,
    hint: "one that belongs to a node stands directly behind that Node",
  }));
}
