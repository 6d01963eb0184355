import type { KubeObject } from "../../../machines/api/meta.ts";
import type { AnyObject } from "../../../machines/api/objects.ts";
import type { ResourceQuota } from "../../../machines/api/policy-objects.ts";
import type { ApiStatus } from "../../../machines/apiserver/api-status.ts";
import { setObjectDefaults } from "../../../machines/apiserver/create.ts";
import {
  type AdmissionChange,
  type ApiCall,
  type ApiContext,
  refuse,
  type Refused,
} from "./call.ts";
import { changedFields, mutatedByPlugins } from "./mutating-admission.ts";
import { chargedQuotas, validatedByPlugins } from "./validating-admission.ts";
import { askWebhooks, webhookStage } from "./webhooks.ts";

/** The object as mutating admission leaves it, and who has changed what. */
export interface Admitted {
  readonly object: AnyObject;
  readonly changes: readonly AdmissionChange[];
  readonly warnings: readonly string[];
}

/** Plugins, then webhooks; where these have changed something, plugins and some of them again. */
export function admitted(
  context: ApiContext,
  call: ApiCall,
  object: AnyObject,
  old?: KubeObject,
): Admitted | Refused {
  const first = mutatedByPlugins(context, call, object, old);
  if ("code" in first) return refuse(first, "mutation");
  const operation = old === undefined ? "CREATE" : "UPDATE";
  const kind = "MutatingWebhookConfiguration";
  const asked = askWebhooks(context, call, kind, { object: first.object, old, operation });
  if (asked.asked > 0) context.noted?.(asked.changedBy.length > 0 ? "changed" : "asked");
  if (asked.refused !== undefined) {
    return refuse(asked.refused.status, webhookStage("mutating", asked.refused.isCall));
  }
  const { changedBy, warnings } = asked;
  if (changedBy.length === 0 || asked.object === undefined) return { ...first, warnings };
  const defaulted = setObjectDefaults(asked.object);
  const fields = changedFields(first.object, defaulted);
  const changes = [...first.changes, ...changedBy.map((by) => ({ by, fields }))];
  return reinvoked(context, call, { object: defaulted, changes, warnings }, changedBy, old);
}

/** apiserver/pkg/admission/reinvocation.go; a webhook is not asked about its own change alone. */
function reinvoked(
  context: ApiContext,
  call: ApiCall,
  { object, changes, warnings }: Admitted,
  changedBy: readonly string[],
  old: KubeObject | undefined,
): Admitted | Refused {
  const again = mutatedByPlugins(context, call, object, old);
  if ("code" in again) return refuse(again, "mutation");
  const operation = old === undefined ? "CREATE" : "UPDATE";
  const last = changedBy.at(-1);
  const others = changedBy.length > 1;
  const asked = askWebhooks(
    context,
    call,
    "MutatingWebhookConfiguration",
    { object: again.object, old, operation },
    ({ name, reinvocationPolicy }) => {
      return reinvocationPolicy === "IfNeeded" && (others || name !== last);
    },
  );
  if (asked.refused !== undefined) {
    return refuse(asked.refused.status, webhookStage("mutating", asked.refused.isCall));
  }
  return {
    object: setObjectDefaults(asked.object ?? again.object),
    changes: [...changes, ...again.changes],
    warnings: [...warnings, ...asked.warnings],
  };
}

/** What validating admission says of what would be written. */
export interface Approved {
  readonly warnings: readonly string[];
  /** The quotas that the write uses up. */
  readonly charged: readonly ResourceQuota[];
}

/** Plugins, webhooks, and quotas at last. */
export function approved(
  context: ApiContext,
  call: ApiCall,
  object: KubeObject,
  old: KubeObject | undefined,
): Approved | Refused {
  const { refusal, warnings } = validatedByPlugins(context, call, object, old);
  if (refusal !== undefined) return refuse(refusal, "admission");
  const operation = old === undefined ? "CREATE" : "UPDATE";
  const asked = reviewed(context, call, { object, old, operation });
  if ("refused" in asked) return asked;
  const charged = chargedQuotas(context, call, object, old);
  if (isStatus(charged)) return refuse(charged, "quota");
  return { warnings: [...warnings, ...asked.warnings], charged };
}

function isStatus(charged: ApiStatus | readonly ResourceQuota[]): charged is ApiStatus {
  return !Array.isArray(charged);
}

/** Of what is deleted webhooks of both kinds are asked; nothing of it can be changed. */
export function reviewedDeletion(
  context: ApiContext,
  call: ApiCall,
  old: KubeObject,
): { readonly warnings: readonly string[] } | Refused {
  const about = { object: undefined, old, operation: "DELETE" } as const;
  const asked = askWebhooks(context, call, "MutatingWebhookConfiguration", about);
  if (asked.asked > 0) context.noted?.("asked");
  if (asked.refused !== undefined) {
    return refuse(asked.refused.status, webhookStage("mutating", asked.refused.isCall));
  }
  const reviewing = reviewed(context, call, about);
  if ("refused" in reviewing) return reviewing;
  return { warnings: [...asked.warnings, ...reviewing.warnings] };
}

/** Asks the webhooks that may only refuse. */
function reviewed(
  context: ApiContext,
  call: ApiCall,
  about: Parameters<typeof askWebhooks>[3],
): { readonly warnings: readonly string[] } | Refused {
  const asked = askWebhooks(context, call, "ValidatingWebhookConfiguration", about);
  if (asked.asked > 0) context.noted?.("reviewed");
  if (asked.refused === undefined) return { warnings: asked.warnings };
  return refuse(asked.refused.status, webhookStage("validating", asked.refused.isCall));
}
