import type { Job } from "../api/job-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { uidLabel } from "./validation-jobs.ts";

/**
 * A job selects its pods by its own uid, which its template is labelled with, unless somebody
 * chose the selector. pkg/registry/batch/job/strategy.go generateSelectorIfNeeded
 */
export function generateSelectorIfNeeded(job: Unchecked<Job>): Unchecked<Job> {
  const { metadata = {}, spec = {} } = job;
  if (spec.manualSelector === true) return job;
  const { name = "", uid = "" } = metadata;
  const { template = {}, selector = {} } = spec;
  const names = { "job-name": name, "batch.kubernetes.io/job-name": name };
  const labels = { ...names, "controller-uid": uid, [uidLabel]: uid, ...template.metadata?.labels };
  const matchLabels = { [uidLabel]: uid, ...selector.matchLabels };
  return {
    ...job,
    spec: {
      ...spec,
      selector: { ...selector, matchLabels },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}
