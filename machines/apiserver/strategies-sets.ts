import type { Unchecked } from "../api/unchecked.ts";
import type { DaemonSet, StatefulSet } from "../api/workload-objects.ts";
import * as defaults from "./defaults-workloads.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import {
  selectorErrors,
  templateWarnings,
  updateWarnings,
  withTemplate,
} from "./kind-strategy-templates.ts";
import {
  created,
  metadataUpdateErrors,
  type Strategy,
  withGeneration,
  withOldStatus,
} from "./kind-strategy.ts";
import { validateDaemonSet, validateDaemonSetSpec } from "./validation-apps.ts";
import { validateStatefulSet, validateStatefulSetSpecUpdate } from "./validation-stateful-set.ts";
import { claimSpecWarnings } from "./warnings-claims.ts";

/** The gate MaxUnavailableStatefulSet is off: what nobody uses yet is dropped. */
function withoutMaxUnavailable(
  set: Unchecked<StatefulSet>,
  old?: Unchecked<StatefulSet>,
): Unchecked<StatefulSet> {
  const { updateStrategy } = set.spec ?? {};
  const isUsed = old?.spec?.updateStrategy?.rollingUpdate?.maxUnavailable !== undefined;
  if (isUsed || updateStrategy?.rollingUpdate?.maxUnavailable === undefined) return set;
  const { maxUnavailable: _, ...rollingUpdate } = updateStrategy.rollingUpdate;
  return { ...set, spec: { ...set.spec, updateStrategy: { ...updateStrategy, rollingUpdate } } };
}

/** Claims in a template are objects like any other. */
function withTypedClaims(set: Unchecked<StatefulSet>): Unchecked<StatefulSet> {
  const claims = set.spec?.volumeClaimTemplates?.map((claim) => {
    return { ...claim, apiVersion: "v1", kind: "PersistentVolumeClaim" };
  });
  return claims === undefined
    ? set
    : { ...set, spec: { ...set.spec, volumeClaimTemplates: claims } };
}

function statefulSetWarnings(
  { spec = {} }: Unchecked<StatefulSet>,
  claimPath: string,
): readonly string[] {
  const { volumeClaimTemplates = [], revisionHistoryLimit = 0 } = spec;
  const keepsAll =
    "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended";
  return [
    ...volumeClaimTemplates.flatMap((claim, index) => {
      return claimSpecWarnings(claim.spec, `spec.volumeClaimTemplates[${index}]${claimPath}`);
    }),
    ...(revisionHistoryLimit < 0 ? [keepsAll] : []),
  ];
}

/** pkg/registry/apps/statefulset/strategy.go */
export const statefulSets: Strategy<Unchecked<StatefulSet>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsStatefulSet,
  convert: (set) => withTypedClaims(withTemplate(set)),
  prepareForCreate: (object) => withoutMaxUnavailable(created(object)),
  validate: validateStatefulSet,
  warningsOnCreate: (object) => [...templateWarnings(object), ...statefulSetWarnings(object, "")],
  prepareForUpdate: (object, old) => {
    return withGeneration(withoutMaxUnavailable(withOldStatus(object, old), old), old);
  },
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...validateStatefulSetSpecUpdate(object.spec ?? {}, old.spec ?? {}),
  ],
  warningsOnUpdate: (object, old) => [
    ...updateWarnings(object, old),
    ...statefulSetWarnings(object, ".Spec"),
  ],
};

/** As often as its template changed, which v1 has as an annotation only. */
const templateGeneration = "deprecated.daemonset.template.generation";

function withTemplateGeneration(
  set: Unchecked<DaemonSet>,
  generation: number,
): Unchecked<DaemonSet> {
  const { metadata = {} } = set;
  const annotations = { ...metadata.annotations, [templateGeneration]: String(generation) };
  return { ...set, metadata: { ...metadata, annotations } };
}

function templateGenerationOf({ metadata }: Unchecked<DaemonSet>): number {
  return Math.trunc(Number(metadata?.annotations?.[templateGeneration] ?? 0)) || 0;
}

function isSameTemplate(object: Unchecked<DaemonSet>, old: Unchecked<DaemonSet>): boolean {
  return semanticDeepEqual(object.spec?.template, old.spec?.template, "template");
}

/** pkg/registry/apps/daemonset/strategy.go */
export const daemonSets: Strategy<Unchecked<DaemonSet>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsDaemonSet,
  convert: (set) => withTemplateGeneration(withTemplate(set), templateGenerationOf(set)),
  prepareForCreate: (object) => {
    return withTemplateGeneration(created(object), Math.max(1, templateGenerationOf(object)));
  },
  validate: validateDaemonSet,
  warningsOnCreate: templateWarnings,
  prepareForUpdate: (object, old) => {
    const changes = isSameTemplate(object, old) ? 0 : 1;
    const prepared = withGeneration(withOldStatus(object, old), old);
    return withTemplateGeneration(prepared, templateGenerationOf(old) + changes);
  },
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...selectorErrors(object.spec?.selector, old.spec?.selector),
    ...validateDaemonSetSpec(object.spec ?? {}),
  ],
  warningsOnUpdate: (object, old) => {
    return isSameTemplate(object, old) ? [] : templateWarnings(object);
  },
};
