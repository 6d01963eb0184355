import type { EnvironmentAnswers } from "../manifest/scenario/answers.ts";
import type { AnyObject } from "../../machines/api/objects.ts";
import type { WebhookAnswer, WebhookHandler } from "../system/api/webhook-reviews.ts";

/** The programs behind webhooks, by the webhooks' names. */
export type WebhookPrograms = Readonly<Record<string, WebhookHandler>>;

/** Whoever answers for a webhook: its program, or what a scenario says of it. */
export function webhooksOf(
  answers: Pick<EnvironmentAnswers, "webhook">,
  programs: WebhookPrograms = {},
): WebhookHandler {
  return (review) => {
    const { webhook, namespace, object } = review;
    const program = Object.hasOwn(programs, webhook) ? programs[webhook] : undefined;
    if (program !== undefined) return program(review);
    const told = answers.webhook({ webhook, namespace });
    if (told === undefined) return undefined;
    if (told.fails !== undefined) return { fails: told.fails };
    if (told.denies !== undefined) return { allowed: false, status: { message: told.denies } };
    return labelled(object, told.labels ?? {});
  };
}

function labelled(
  object: AnyObject | undefined,
  labels: Readonly<Record<string, string>>,
): WebhookAnswer {
  const before = object?.metadata?.labels;
  const missing = Object.keys(labels).filter((key) => before?.[key] !== labels[key]);
  if (missing.length === 0) return { allowed: true };
  const value = { ...before, ...labels };
  return { allowed: true, patch: [{ op: "add", path: "/metadata/labels", value }] };
}
