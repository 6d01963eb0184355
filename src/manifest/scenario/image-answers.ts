import { field, type Form, given, needed, record, words } from "./form.ts";
import { count, duration, quantity, text } from "./scalar-forms.ts";

/** What may come of a pull. */
export type PullOutcome =
  | "pulled"
  | "not found"
  | "unauthorized"
  | "forbidden"
  | "server error"
  | "connection refused"
  | "registry unavailable"
  | "signature invalid";

/** How one pull of an image ends. */
export interface PullAnswer {
  readonly line: number;
  readonly takesMs?: number;
  readonly outcome?: PullOutcome;
  /** The runtime's error text, word by word; without one it is what containerd says. */
  readonly message?: string;
  readonly sizeBytes?: number;
}

export const pullForm: Form<PullAnswer> = record(
  "the pull of an image",
  {
    takes: field(duration, "How long a pull takes: network and disk decide, not Kubernetes."),
    outcome: field(
      words(
        ["pulled", "The image arrives on the node."],
        ["not found", "The registry knows no such image: 404."],
        ["unauthorized", "The registry wants credentials that the pull does not bring: 401."],
        ["forbidden", "The registry does not give the image to these credentials: 403."],
        ["server error", "The registry answers that something went wrong there: 500."],
        ["connection refused", "Nobody listens at the registry's address."],
        ["registry unavailable", "The same as a runtime says it that has a word for it."],
        ["signature invalid", "The runtime's policy does not accept the image's signature."],
      ),
      "What the registry answers; it is not a part of Kubernetes.",
    ),
    message: field(text, "The runtime's error text when it is to be another than containerd's."),
    sizeBytes: field(quantity, "The size that the runtime reports: what the image's maker put in."),
  },
  ({ takes: takesMs, outcome, message, sizeBytes }, { line, wrong }) => {
    if (outcome === "pulled" && message !== undefined) wrong("message", "no error of a good pull");
    const isBad = message !== undefined || (outcome !== undefined && outcome !== "pulled");
    if (isBad && sizeBytes !== undefined) wrong("sizeBytes", "no size of what never arrives");
    return given({ line, takesMs, outcome, message, sizeBytes });
  },
);

/** What the image's maker put in. */
export interface ImageAnswer {
  readonly line: number;
  /** `USER` of the image: a number, or a name, which the kubelet cannot check. */
  readonly user: number | string;
}

const user: Form<number | string> = {
  schema: { anyOf: [count.schema, text.schema] },
  read: (node, place) => {
    const isNumber = node.kind === "scalar" && typeof node.value === "number";
    return isNumber ? count.read(node, place) : text.read(node, place);
  },
};

export const imageForm: Form<ImageAnswer> = record(
  "what is known of an image",
  { user: needed(user, "The image's user as a number or a name; 0 is root. Its maker set it.") },
  (values, { line }) => ({ line, user: values.user }),
);

/** Whether the runtime can say what images it has. */
export interface InspectAnswer {
  readonly line: number;
  readonly fails: string;
}

export const inspectForm: Form<InspectAnswer> = record(
  "the answer to ImageStatus",
  { fails: needed(text, "The error's text, which messages and Events repeat.") },
  ({ fails }, { line }) => ({ line, fails }),
);
