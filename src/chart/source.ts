import { gates } from "../../machines/feature-gates.ts";
import { didYouMean } from "../yaml/nearest.ts";
import type { Finding } from "./finding.ts";
import { type ChartState, withDescendants, type Word } from "./model.ts";

/** Sources that name no place, gates that Kubernetes lacks, and versions that are no minor. */
export function sourceFindings(root: ChartState): readonly Finding[] {
  const states = withDescendants(root);
  const branches = states.flatMap(({ choices }) => choices.flatMap((choice) => choice.branches));
  return [
    ...[...states, ...branches].flatMap(({ sources }) => sources.flatMap(malformedSource)),
    ...branches.flatMap(({ gate, since, until }) => [
      ...(gate === undefined ? [] : unknownGate(gate)),
      ...[since, until].flatMap((minor) => (minor === undefined ? [] : malformedMinor(minor))),
    ]),
  ];
}

function malformedSource({ text, at, path }: Word): readonly Finding[] {
  if (sourceForms.some((form) => form.test(text))) return [];
  const expected =
    "an upstream file and function (pkg/kubelet/pod_workers.go SyncTerminatingPod), " +
    "a KEP (KEP-753) or a page (https://kubernetes.io/…)";
  return [{ at, path, expected, got: JSON.stringify(text) }];
}

const sourceForms = [
  /^(?:[\w.-]+\/)+[\w.-]+\.(?:go|proto) [\w.]+(?:, [\w.]+)*$/,
  /^KEP-[1-9]\d*$/,
  /^https:\/\/kubernetes\.io\/\S+$/,
];

function unknownGate({ text, at, path }: Word): readonly Finding[] {
  const known = gates.map(({ name }) => name);
  if (known.includes(text)) return [];
  const hint = didYouMean(text, known);
  const expected = "a feature gate whose defaults are known";
  return [{ at, path, expected, got: JSON.stringify(text), hint }];
}

function malformedMinor({ text, at, path }: Word): readonly Finding[] {
  if (/^1\.\d+$/.test(text)) return [];
  return [{ at, path, expected: "a Kubernetes minor, as 1.35", got: JSON.stringify(text) }];
}
