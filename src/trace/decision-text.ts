import { alignTabs } from "../../machines/api/tab-writer.ts";
import type { NodeDecision } from "../../machines/scheduler/explanation/decision.ts";
import { helpfulChangeText } from "../../machines/scheduler/explanation/helpful-change.ts";
import type { TimedDecision } from "./scheduling-document.ts";
import { timeText } from "./timeline-text.ts";

/** Why each pod went where it went, or nowhere, as tables of nodes and plugins. */
export function decisionsText(decisions: readonly TimedDecision[]): string {
  if (decisions.length === 0) return "The scheduler has tried no pod.\n";
  return decisions.map(decisionText).join("\n");
}

function decisionText(decision: TimedDecision): string {
  const { pod, atMs, attempt, message, preemption, wouldHelp } = decision;
  const lines = [
    `${pod}: ${message}`,
    `  attempt ${attempt} at ${timeText(atMs)}, ${decision.schedulerName}`,
    ...refusals(decision),
    ...indented(nodeTable(decision)),
    ...tie(decision),
    ...preemption.map(({ node, victims, numPDBViolations }, index) => {
      const budgets = numPDBViolations === 0 ? "" : `, against ${numPDBViolations} budgets`;
      const how = index === 0 ? "preempts on" : "could have preempted on";
      return `  ${how} ${node}: ${victims.join(", ")}${budgets}`;
    }),
    ...(wouldHelp.length === 0 ? [] : ["  what would help:"]),
    ...wouldHelp.map((change) => `    ${helpfulChangeText(change)}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** Plugins that have refused the pod before any node was looked at. */
function refusals({ preFilter }: TimedDecision): readonly string[] {
  const refused = preFilter.filter(({ status }) => status !== "Success" && status !== "Skip");
  return refused.map(({ plugin, status, reasons }) => {
    return `  PreFilter ${plugin}: ${status}: ${reasons.join(", ")}`;
  });
}

function tie({ bestNodes, nodeName }: TimedDecision): readonly string[] {
  if (bestNodes.length < 2) return [];
  return [`  ${bestNodes.length} nodes share the highest total: ${nodeName} comes first`];
}

function nodeTable({ nodes, nodeName }: TimedDecision): string {
  const plugins = nodes.find(({ scores }) => scores.length > 0)?.scores ?? [];
  if (nodes.length === 0) return "";
  const header = ["NODE", "TOTAL", ...plugins.map(({ plugin }) => plugin), "WHY NOT"];
  const rows = nodes.slice(0, maxRows).map((node) => rowOf(node, plugins.length, nodeName));
  const { length } = nodes;
  const more = length > maxRows ? [[`… and ${length - maxRows} nodes more`]] : [];
  const text = [header, ...rows, ...more].map((cells) => cells.join("\t")).join("\n");
  return alignTabs(text, { minWidth: 0, padding: 2 }).text;
}

/** A larger cluster's table would tell nobody anything; the JSON form has every node. */
const maxRows = 50;

function rowOf(
  { node, verdict, filters, scores, total }: NodeDecision,
  columns: number,
  winner: string | undefined,
): readonly string[] {
  const told = scores.map(({ raw, normalized, weight, weighted }) => {
    return `${raw} → ${normalized}×${weight} = ${weighted}`;
  });
  const blank = Array.from({ length: columns - told.length }, () => "-");
  const name = node === winner ? `${node} *` : node;
  return [name, total?.toString() ?? "-", ...told, ...blank, whyNot(verdict, filters)];
}

function whyNot(verdict: NodeDecision["verdict"], filters: NodeDecision["filters"]): string {
  if (verdict === "feasible") return "";
  if (verdict === "notLookedAt") return "not looked at";
  const refused = filters.filter(({ status }) => status !== "Success");
  return refused
    .map(({ plugin, status, reasons, isAsked }) => {
      const code = status === "UnschedulableAndUnresolvable" ? "" : " (preemption may help)";
      const told = `${plugin}: ${reasons.join(", ")}`;
      return isAsked ? `${told}${code}` : `then ${told}`;
    })
    .join("; ");
}

function indented(text: string): readonly string[] {
  if (text === "") return [];
  return text.split("\n").map((line) => `  ${line}`.trimEnd());
}
