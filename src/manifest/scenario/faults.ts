import {
  type EvictionSignal,
  evictionSignals,
} from "../../../machines/kubelet/eviction-signals.ts";
import { didYouMean } from "../../yaml/nearest.ts";
import { type JsonValue, valueOf } from "../../yaml/node.ts";
import { fieldsOf } from "../schema/kinds.ts";
import type { JsonObject } from "../structure.ts";
import { type ComponentFault, componentFaults } from "./components.ts";
import { either, field, type Form, given, inside, someOf, needed, record } from "./form.ts";
import { scalar, words, wrong } from "./form.ts";
import { duration, flag, quantity, text } from "./scalar-forms.ts";
import { signalForm, type SignalName } from "./signals.ts";

/** A signal to the main process of a container, or to the pause process of a sandbox. */
export interface KillFault {
  readonly do: "kill";
  readonly pod: string;
  readonly namespace?: string;
  /** Absent: the sandbox. */
  readonly container?: string;
  readonly signal: SignalName;
}

/** The runtime has restarted and cannot read what it had written down of a container. */
export interface RecordFault {
  readonly do: "record-lost";
  readonly pod: string;
  readonly namespace?: string;
  readonly container: string;
}

/** The kubelet, the runtime or the whole machine stops or comes back; no node: all of them. */
export interface NodeFault {
  readonly do:
    | "kubelet-stop"
    | "kubelet-start"
    | "kubelet-reset"
    | "runtime-stop"
    | "runtime-start"
    | "network-stop"
    | "network-start"
    | "node-crash"
    | "node-start";
  readonly node?: string;
}

/** Something that is no pod uses up what the node has. */
export interface PressureFault {
  readonly do: "node-pressure";
  readonly node?: string;
  readonly signal: EvictionSignal;
  /** What is left, as an amount or a part of 1 of the capacity; absent: below the threshold. */
  readonly available?: { readonly amount: number } | { readonly percentage: number };
  /** Absent: to the end of the run, or to the next step about the same signal. */
  readonly lastsMs?: number;
}

/** The kubelet's configuration changes and the kubelet restarts with it. */
export interface ConfigFault {
  readonly do: "kubelet-config";
  readonly node?: string;
  /** Fields of KubeletConfiguration; `now-2500Mi` is less than there is at that moment. */
  readonly set: JsonObject;
}

export interface ImagesFault {
  readonly do: "images-import";
  readonly node?: string;
  /** Absent: all that were there at the start. */
  readonly images?: readonly string[];
}

/** A file in the kubelet's folder of static pods appears or goes. */
export interface StaticPodFault {
  readonly do: "static-pod";
  readonly node?: string;
  readonly file: string;
  readonly isPresent: boolean;
}

/** A request that kubectl has no verb for. */
export interface ApiFault {
  readonly do: "api";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: JsonValue;
}

export type Fault =
  | KillFault
  | RecordFault
  | NodeFault
  | PressureFault
  | ConfigFault
  | ImagesFault
  | StaticPodFault
  | ComponentFault
  | ApiFault;

const node = field(text, "The node; every node unless given.");
const nodeOnly = { node };

const available: Form<NonNullable<PressureFault["available"]>> = {
  schema: { anyOf: [quantity.schema, { type: "string", pattern: String.raw`^\d+(\.\d+)?%$` }] },
  read: (value, place) => {
    const percent = value.kind === "scalar" ? /^(\d+(?:\.\d+)?)%$/.exec(String(value.value)) : null;
    if (percent !== null) return { percentage: Number(percent[1]) / 100 };
    const amount = quantity.read(value, place);
    return amount === undefined ? undefined : { amount };
  },
};

const json = (expected: string, type: "object" | "array"): Form<JsonValue> => ({
  schema: { type },
  read: (value, place) =>
    value.kind === (type === "object" ? "map" : "list")
      ? valueOf(value)
      : wrong(value, place, expected),
});

/** Values may be relative, so only the names are held against KubeletConfiguration. */
const configuration: Form<JsonObject> = {
  schema: { type: "object", minProperties: 1 },
  read: (value, place) => {
    const known = fieldsOf("KubeletConfiguration");
    if (value.kind !== "map") return wrong(value, place, "fields of KubeletConfiguration");
    for (const { key, keyAt } of value.entries) {
      if (known?.has(key) === true) continue;
      const hint = didYouMean(key, known?.keys() ?? []);
      wrong(keyAt, inside(place, key), "a field of KubeletConfiguration", "an unknown field", hint);
    }
    return Object.fromEntries(value.entries.map((entry) => [entry.key, valueOf(entry.value)]));
  },
};

/** One word that `do` may have. */
export interface FaultForm {
  readonly meaning: string;
  readonly form: Form<Fault>;
}

function onNode(word: NodeFault["do"], meaning: string): FaultForm {
  const form = record("the step", nodeOnly, (values) => given({ do: word, node: values.node }));
  return { meaning, form };
}

const kill: Form<KillFault> = record(
  "the step kill",
  {
    pod: needed(text, "The pod's name."),
    namespace: field(text, "Its namespace; default unless given."),
    container: field(text, "Whose main process gets the signal."),
    sandbox: field(flag, "The pause process gets it, and the pod's network goes with it."),
    signal: field(signalForm, "KILL unless given."),
  },
  ({ pod, namespace, container, sandbox, signal = "KILL" }, { wrong: report }) => {
    if ((container === undefined) !== (sandbox === true)) {
      report("sandbox", "either container or sandbox: true", "both or none");
    }
    return given({ do: "kill" as const, pod, namespace, container, signal });
  },
);

const recordLost: Form<RecordFault> = record(
  "the step record-lost",
  {
    pod: needed(text, "The pod's name."),
    namespace: field(text, "Its namespace; default unless given."),
    container: needed(text, "Whose record is lost; its process runs on."),
  },
  ({ pod, namespace, container }) =>
    given({ do: "record-lost" as const, pod, namespace, container }),
);

const pressure: Form<PressureFault> = record(
  "the step node-pressure",
  {
    node,
    signal: needed(
      scalar(`one of ${evictionSignals.join(", ")}`, { enum: evictionSignals }, (value) =>
        evictionSignals.find((one) => one === value),
      ),
      "Which reading of the node falls.",
    ),
    available: field(available, 'What is left, as "50Mi" or "3%"; too little unless given.'),
    lasts: field(duration, "How long; to the end of the run unless given."),
  },
  ({ node: name, signal, available: left, lasts }) =>
    given({ do: "node-pressure" as const, node: name, signal, available: left, lastsMs: lasts }),
);

const config: Form<ConfigFault> = record(
  "the step kubelet-config",
  { node, set: needed(configuration, 'Fields of KubeletConfiguration; "now-1Gi" is relative.') },
  ({ node: name, set }) => given({ do: "kubelet-config" as const, node: name, set }),
);

const importImages: Form<ImagesFault> = record(
  "the step images-import",
  {
    node,
    images: field(someOf(text, "a list of images"), "All that were there at first unless given."),
  },
  ({ node: name, images }) => given({ do: "images-import" as const, node: name, images }),
);

const staticPod: Form<StaticPodFault> = record(
  "the step static-pod",
  {
    node,
    file: needed(text, "The manifest, beside the scenario's own file."),
    present: field(flag, "False: the file goes."),
  },
  ({ node: name, file, present = true }) =>
    given({ do: "static-pod" as const, node: name, file, isPresent: present }),
);

const api: Form<ApiFault> = record(
  "the step api",
  {
    method: needed(
      words(
        ["GET", "Reads an object."],
        ["POST", "Creates an object."],
        ["PUT", "Replaces an object."],
        ["PATCH", "Changes an object."],
        ["DELETE", "Deletes an object."],
      ),
      "The HTTP method.",
    ),
    path: needed(text, "`{ns}` stands for the namespace, `{pod:SELECTOR:N}` for a pod's name."),
    body: field(either(json("a list", "array"), json("a map", "object")), "The request's body."),
  },
  ({ method, path, body }) => given({ do: "api" as const, method, path, body }),
);

const runtimeStops = "The container runtime stops; containers run on.";
const runtimeStarts = "The container runtime answers again.";

/** By the word that stands at `do`. */
export const faultForms: Readonly<Record<string, FaultForm>> = {
  kill: { meaning: "A process of a pod gets a signal from outside.", form: kill },
  "record-lost": {
    meaning: "The runtime has restarted and cannot read its record of a container.",
    form: recordLost,
  },
  "kubelet-stop": onNode("kubelet-stop", "The kubelet stops; containers run on."),
  "kubelet-start": onNode("kubelet-start", "The kubelet comes back."),
  "kubelet-config": { meaning: "The kubelet gets another configuration.", form: config },
  "kubelet-reset": onNode("kubelet-reset", "The kubelet gets its first configuration again."),
  "runtime-stop": onNode("runtime-stop", runtimeStops),
  "runtime-start": onNode("runtime-start", runtimeStarts),
  "containerd-stop": onNode("runtime-stop", runtimeStops),
  "containerd-start": onNode("runtime-start", runtimeStarts),
  "network-stop": onNode(
    "network-stop",
    "The network plugin is not ready; pods keep the network that they have.",
  ),
  "network-start": onNode("network-start", "The network plugin is ready again."),
  "node-crash": onNode("node-crash", "The machine goes down with all that runs on it."),
  "node-start": onNode("node-start", "The machine comes back, and its kubelet."),
  "node-pressure": {
    meaning: "Something that is no pod uses up what the node has.",
    form: pressure,
  },
  ...componentFaults,
  "images-import": {
    meaning: "Images are brought to the node without a pull.",
    form: importImages,
  },
  "static-pod": { meaning: "A file appears in the kubelet's folder, or goes.", form: staticPod },
  api: { meaning: "A request that kubectl has no verb for.", form: api },
};
