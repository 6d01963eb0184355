import type { ElectedComponent } from "../../../machines/controllers/leader-election/elected-components.ts";
import { field, type Form, given, needed, record, scalar, someOf, words } from "./form.ts";
import { flag, text } from "./scalar-forms.ts";

/** The controllers that are there only where somebody asks for them. */
type FurtherController = "serviceAccount" | "rootCaCertPublisher" | "resourceQuota";

/** How the control plane is set up. */
export interface ControlPlane {
  /** How many kube-controller-managers and kube-schedulers there are, each on a host; or 1. */
  readonly instances?: number;
  /** Of which there are several; others act as if they were alone. All unless given. */
  readonly components?: readonly ElectedComponent[];
  /** Controllers that clusters do without unless they are asked for. */
  readonly controllers?: readonly FurtherController[];
  /** Whether it begins with nothing running; then its programs wait for each other. */
  readonly boot?: boolean;
}

const component = words(
  ["kube-controller-manager", "All controllers."],
  ["kube-scheduler", "The scheduler."],
);

const further = words(
  ["serviceAccount", "Every namespace has its ServiceAccount default."],
  ["rootCaCertPublisher", "Every namespace has its ConfigMap kube-root-ca.crt."],
  ["resourceQuota", "Counts what is used a moment later, and not at once."],
);

const instances: Form<number> = scalar(
  "a whole number from 1 to 7",
  { type: "integer", minimum: 1, maximum: 7 },
  (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 7
      ? value
      : undefined,
);

export const controlPlaneForm: Form<ControlPlane> = record(
  "a control plane",
  {
    instances: field(
      instances,
      "How many controller managers and schedulers elect who leads, on control-plane-1 and so on; 1 unless given.",
    ),
    components: field(
      someOf(component, "a list of components"),
      "Which of the two; both unless given.",
    ),
    controllers: field(
      someOf(further, "a list of controllers"),
      "Controllers that clusters do without unless they are named.",
    ),
    boot: field(flag, "Its programs and kubelets are only started, and wait for each other."),
  },
  ({ instances: number, components, controllers, boot }) =>
    given({ instances: number, components, controllers, boot }),
);

/** A process of the control plane stops, dies, comes back, or loses its way to the API server. */
export interface ComponentFault {
  readonly do:
    | "component-stop"
    | "component-kill"
    | "component-start"
    | "component-cut-off"
    | "component-reconnect";
  readonly component: ElectedComponent;
  /** Absent: on every host. */
  readonly host?: string;
}

function onComponent(word: ComponentFault["do"], meaning: string) {
  const form: Form<ComponentFault> = record(
    `the step ${word}`,
    {
      component: needed(component, "Which program."),
      host: field(text, "The host of one of several, as control-plane-1; all unless given."),
    },
    (values) => given({ do: word, component: values.component, host: values.host }),
  );
  return { meaning, form };
}

const stops = "One of several processes of the control plane is told to end.";

/** By the word that stands at `do`. */
export const componentFaults = {
  "component-stop": onComponent("component-stop", stops),
  "component-kill": onComponent("component-kill", "It ends without a last word."),
  "component-start": onComponent("component-start", "It comes back."),
  "component-cut-off": onComponent("component-cut-off", "It reaches no API server any more."),
  "component-reconnect": onComponent("component-reconnect", "It reaches the API server again."),
};
