import type { Unchecked } from "../api/unchecked.ts";
import type { PodTemplateSpec, ReplicaSet } from "../api/workload-objects.ts";
import { nameWarnings, preparedTemplate } from "./prepare-templates.ts";
import { isOtherGeneration } from "./kind-strategy.ts";
import { validateImmutableField } from "./validation-numbers.ts";
import { shownSelector } from "./validation-templates.ts";
import { getWarningsForPodTemplate } from "./warnings-pod.ts";

/** A set of pods: all that these strategies look at. */
type WithTemplate = Unchecked<Pick<ReplicaSet, "apiVersion" | "metadata">> & {
  readonly kind?: string;
  readonly spec?: { readonly template?: Unchecked<PodTemplateSpec> };
  readonly status?: object;
};

/** With its template as it is kept. */
export function withTemplate<Kind extends WithTemplate>(object: Kind): Kind {
  const { spec = {} } = object;
  return { ...object, spec: { ...spec, template: preparedTemplate(spec.template) } };
}

/** Of the pods that it makes. */
export function templateWarnings({ spec }: WithTemplate): readonly string[] {
  return getWarningsForPodTemplate(spec?.template, "spec.template");
}

/** Of the pods and of their names. */
export function createWarnings(object: WithTemplate): readonly string[] {
  return [...nameWarnings(object.metadata?.name), ...templateWarnings(object)];
}

/** Only of a changed spec. */
export function updateWarnings(object: WithTemplate, old: WithTemplate): readonly string[] {
  return isOtherGeneration(object, old) ? templateWarnings(object) : [];
}

/** Whom it selects stays. */
export function selectorErrors(selector: ReplicaSetSelector, old: ReplicaSetSelector) {
  return validateImmutableField(selector, old, "spec.selector", shownSelector(selector));
}

type ReplicaSetSelector = NonNullable<Unchecked<ReplicaSet>["spec"]>["selector"];
