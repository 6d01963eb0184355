import type { ElectedComponent } from "../../../machines/controllers/leader-election/elected-components.ts";
import { field, type Form, given, needed, record, scalar, words } from "./form.ts";
import { text } from "./scalar-forms.ts";

/** How the control plane is set up. */
export interface ControlPlane {
  /** How many kube-controller-managers and kube-schedulers there are, each on a host of its own. */
  readonly instances: number;
}

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
    instances: needed(
      instances,
      "How many controller managers and schedulers elect who leads, on control-plane-1 and so on.",
    ),
  },
  (values) => values,
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

const component = words(
  ["kube-controller-manager", "All controllers."],
  ["kube-scheduler", "The scheduler."],
);

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
