import type { MadeDecision } from "../cluster/decision-log.ts";
import { isSchedulerConfiguration, schedulerFile } from "../manifest/schedulers.ts";
import { type PlannedRun, print, runToEnd } from "./planned-run.ts";
import type { RunInput } from "./run-input.ts";

/** Runs to the end and prints that form of it. */
export async function printRun(form: OutputForm, run: PlannedRun): Promise<void> {
  await printers[form](run);
}

/** What a form needs is loaded when it is asked for. */
const printers = {
  timeline: async (run) => {
    const { printTimeline } = await import("./run-timeline.ts");
    printTimeline(run);
  },
  table: async (run) => {
    const { podTable } = await import("../trace/state-text.ts");
    print(podTable(runToEnd(run)));
  },
  tables: async (run) => {
    const { objectTables } = await import("../trace/tables.ts");
    const { objects, nowMs } = runToEnd(run);
    print(objectTables(objects, nowMs));
  },
  events: async (run) => {
    const { podEvents } = await import("../trace/state-text.ts");
    print(podEvents(runToEnd(run)));
  },
  describe: async (run) => {
    const { podDescriptions } = await import("../trace/descriptions.ts");
    print(podDescriptions(runToEnd(run)));
  },
  scheduling: async (run) => {
    const { decisionsText } = await import("../trace/decision-text.ts");
    print(decisionsText(await decisions(run)));
  },
  "scheduling-json": async (run) => {
    const { schedulingDocument } = await import("../trace/scheduling-document.ts");
    print(`${JSON.stringify(schedulingDocument(await decisions(run)), null, 2)}\n`);
  },
  svg: async (run) => {
    const { printLanes } = await import("./run-lanes.ts");
    printLanes(run);
  },
  composition: async (run) => {
    const { runComposition } = await import("./run-messages.ts");
    print(runComposition(run));
  },
  sequence: async (run) => {
    const [{ runMessages }, { mermaidSequence }] = await sequences();
    print(`${mermaidSequence(runMessages(run))}\n`);
  },
  "sequence-plantuml": async (run) => {
    const [{ runMessages }, { plantumlSequence }] = await sequences();
    print(plantumlSequence(runMessages(run)));
  },
  json: printDocument,
  yaml: async (run) => {
    const { writeObjects } = await import("../manifest/write.ts");
    print(writeObjects(runToEnd(run).objects, "yaml"));
  },
  trace: async (run) => {
    const { traceLine } = await import("../trace/trace-lines.ts");
    run.cluster.observe((delivery) => print(`${traceLine(delivery)}\n`));
    runToEnd(run);
  },
  requests: printRequests,
  rules: async (run) => {
    const { nodeRulesText } = await import("../cluster/service-rules.ts");
    runToEnd(run);
    print(nodeRulesText(run.cluster));
  },
  choices: async (run) => {
    const { scenarioLineFor } = await import("../manifest/scenario/choice-lines.ts");
    const { choicesText } = await import("../trace/choices-text.ts");
    runToEnd(run);
    print(choicesText(run.cluster.choices(), scenarioLineFor));
  },
} as const satisfies Readonly<Record<string, (run: PlannedRun) => Promise<void>>>;

function sequences() {
  return Promise.all([import("./run-messages.ts"), import("../diagram/sequence.ts")]);
}

/** Of every pod that the scheduler has tried, how it went. */
async function decisions(run: PlannedRun): Promise<readonly MadeDecision[]> {
  const { DecisionLog } = await import("../cluster/decision-log.ts");
  const log = new DecisionLog(run.cluster);
  runToEnd(run);
  return log.all();
}

export type OutputForm = keyof typeof printers;

/** Every word that `-o` takes. */
export const outputForms: readonly string[] = Object.keys(printers);

/** Files as their authors wrote them. */
function written(files: RunInput["files"]): Readonly<Record<string, readonly object[]>> {
  const entries = Object.entries(files).map(([name, manifests]) => {
    return [name, manifests.map(({ manifest }) => manifest)] as const;
  });
  return Object.fromEntries(entries);
}

/** Who asked the API server for what, and what came of it. */
async function printRequests(run: PlannedRun): Promise<void> {
  const { RequestLog } = await import("../trace/requests-text.ts");
  const { admissionNotes } = await import("../trace/admission-notes.ts");
  const { cluster, input } = run;
  const all = [...input.manifests, ...Object.values(input.files).flat()];
  const log = new RequestLog((pod) => {
    const { name, namespace } = pod.metadata;
    const own = all.findLast(({ object: { kind, metadata } }) => {
      return kind === "Pod" && metadata.name === name && metadata.namespace === namespace;
    });
    return own === undefined ? [] : admissionNotes(pod, own.manifest);
  }, admissionOf(cluster));
  cluster.observe((delivery) => log.delivered(delivery));
  cluster.watch((change) => log.changed(change));
  runToEnd(run);
  print(log.text());
}

/** Who has changed what of the object that the last request has written. */
function admissionOf({ system: { world } }: PlannedRun["cluster"]) {
  return (object: object) => {
    const { answer } = world;
    const isIt = answer !== undefined && "object" in answer && answer.object === object;
    return isIt ? answer.admission : undefined;
  };
}

async function printDocument(run: PlannedRun): Promise<void> {
  const { runDocument } = await import("../trace/run-document.ts");
  const { cluster, input, nodes, untilMs } = run;
  const { endedBy, objects, nowMs } = runToEnd(run);
  const document = runDocument({
    objects: appliedObjects(input),
    scenario: input.scenarioValue,
    files: written(input.files),
    choices: cluster.choices(),
    nodes,
    untilMs,
    endMs: nowMs - cluster.epochMs,
    endedBy,
    endObjects: objects,
  });
  print(`${JSON.stringify(document, null, 2)}\n`);
}

/** A kubelet's configuration stands behind its node, one for all nodes before everything. */
function appliedObjects({ objects, kubelets }: RunInput): readonly object[] {
  const forNode = (node: string | undefined): readonly object[] =>
    kubelets.filter((setting) => setting.node === node).map(({ configuration }) => configuration);
  const applied = objects.flatMap((object): readonly object[] => {
    if (isSchedulerConfiguration(object)) return [schedulerFile(object)];
    return object.kind === "Node" ? [object, ...forNode(object.metadata.name)] : [object];
  });
  return [...forNode(undefined), ...applied];
}
