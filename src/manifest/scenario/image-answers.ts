import { field, type Form, given, record, words } from "./form.ts";
import { count, duration, flag, quantity, text } from "./scalar-forms.ts";

export type PullOutcome =
  | "pulled"
  | "not found"
  | "unauthorized"
  | "unavailable"
  | "unreachable"
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
        ["unavailable", "The registry answers that it cannot serve now: 500 or 503."],
        ["unreachable", "Nobody answers at the registry's address."],
        ["signature invalid", "The runtime's policy does not accept the image's signature."],
      ),
      "What the registry answers; it is not a part of Kubernetes.",
    ),
    message: field(text, "The runtime's error text when it is to be another than containerd's."),
    sizeBytes: field(quantity, "The size that the runtime reports: what the image's maker put in."),
  },
  ({ takes: takesMs, outcome, message, sizeBytes }, { line, wrong }) => {
    const isGood = outcome === undefined || outcome === "pulled";
    if (isGood && message !== undefined) {
      wrong("message", "an outcome that is an error beside message", outcome ?? "no outcome");
    }
    if (!isGood && sizeBytes !== undefined) wrong("sizeBytes", "no size of what never arrives");
    return given({ line, takesMs, outcome, message, sizeBytes });
  },
);

/** What an image is, apart from its pull. */
export interface ImageAnswer {
  readonly line: number;
  /** The node has it before anything happens. */
  readonly isPresent?: boolean;
  /** `USER` of the image: a number, or a name, which the kubelet cannot check. */
  readonly user?: number | string;
  readonly sizeBytes?: number;
}

export const imageForm: Form<ImageAnswer> = record(
  "what is known of an image",
  {
    present: field(flag, "Whether the node has it from the start: earlier pods decided that."),
    user: field(
      {
        schema: { anyOf: [count.schema, text.schema] },
        read: (node, place) =>
          node.kind === "scalar" && typeof node.value === "number"
            ? count.read(node, place)
            : text.read(node, place),
      },
      "The user that the image's maker set, as a number or a name; 0 is root.",
    ),
    sizeBytes: field(quantity, "The image's size on the node's disk."),
  },
  ({ present: isPresent, user, sizeBytes }, { line }) =>
    given({ line, isPresent, user, sizeBytes }),
);
