import { valueOf } from "../../yaml/node.ts";
import { field, type Form, given, record, wrong } from "./form.ts";
import { text } from "./scalar-forms.ts";

/** What a webhook of admission says, or why it says nothing. */
export interface WebhookReply {
  readonly line: number;
  /** What it says of an object that it does not allow. */
  readonly denies?: string;
  /** The error's text instead of an answer. */
  readonly fails?: string;
  /** What it puts into the metadata of what it allows. */
  readonly labels?: Readonly<Record<string, string>>;
}

const labels: Form<Readonly<Record<string, string>>> = {
  schema: { type: "object", additionalProperties: { type: "string" } },
  read: (node, place) => {
    const value = valueOf(node);
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isMap) return wrong(node, place, "labels, a map of texts");
    return Object.fromEntries(Object.entries(value).map(([key, word]) => [key, String(word)]));
  },
};

/** A webhook that is asked about a request; without a word it allows what it is asked about. */
export const webhookForm: Form<WebhookReply> = record(
  "a webhook's answer",
  {
    denies: field(text, "The message with which it denies the request."),
    fails: field(text, "The error's text, where none comes: `context deadline exceeded`."),
    labels: field(labels, "Labels that it adds; only a MutatingWebhookConfiguration may."),
  },
  ({ denies, fails, labels: added }, { line, wrong: mistaken }) => {
    if (denies !== undefined && fails !== undefined) mistaken("fails", "one of denies and fails");
    return given({ line, denies, fails, labels: added });
  },
);
