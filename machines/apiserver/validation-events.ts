import type { KubeEvent } from "../api/event.ts";
import { isDns1123Subdomain, isQualifiedName, utf8Length } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, required } from "./field-error.ts";

type AnyEvent = Unchecked<KubeEvent>;

const maxInstanceLength = 128;
const maxActionLength = 128;
const maxReasonLength = 128;
const maxMessageLength = 1024;

/** pkg/apis/core/validation/events.go legacyValidateEvent, which v1 has always asked. */
export function validateEvent(event: AnyEvent): FieldError[] {
  const { namespace = "" } = event.metadata ?? {};
  return [
    ...(event.eventTime ? validateNewEvent(event) : validateNamespaces(event)),
    ...invalids("namespace", namespace, isDns1123Subdomain(namespace)),
  ];
}

const differs = "does not match event.namespace";

function validateNamespaces({ metadata, involvedObject }: AnyEvent): FieldError[] {
  const { namespace = "" } = metadata ?? {};
  const { namespace: involved = "" } = involvedObject ?? {};
  const isFine =
    involved === "" ? namespace === "" || namespace === "default" : namespace === involved;
  return isFine ? [] : [invalid("involvedObject.namespace", involved, differs)];
}

function validateNewEvent(event: AnyEvent): FieldError[] {
  const { reportingComponent: component = "", reportingInstance: instance = "" } = event;
  const { action = "", reason = "", message = "", metadata, involvedObject } = event;
  const { namespace = "" } = metadata ?? {};
  const isOfCluster = (involvedObject?.namespace ?? "") === "";
  const isKnown = namespace === "default" || namespace === "kube-system";
  return [
    ...(isOfCluster && !isKnown ? [invalid("involvedObject.namespace", "", differs)] : []),
    ...(component === "" ? [required("reportingComponent")] : []),
    ...invalids("reportingComponent", component, isQualifiedName(component)),
    ...sized(instance, "reportingInstance", maxInstanceLength),
    ...sized(action, "action", maxActionLength),
    ...sized(reason, "reason", maxReasonLength),
    ...(utf8Length(message) > maxMessageLength ? [tooLarge("message", maxMessageLength)] : []),
  ];
}

function sized(text: string, path: string, most: number): FieldError[] {
  if (text === "") return [required(path)];
  return utf8Length(text) > most ? [tooLarge(path, most)] : [];
}

function tooLarge(path: string, most: number): FieldError {
  return invalid(path, "", `can have at most ${most} characters`);
}
