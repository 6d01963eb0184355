import { isDns1123Label } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { PodTemplateSpec } from "../api/workload-objects.ts";
import { dropDisabledPodFields, stored } from "./prepare-pod.ts";

type Template = Unchecked<PodTemplateSpec>;

/** pkg/api/pod/util.go DropDisabledTemplateFields, and how a pod's spec is kept. */
export function preparedTemplate(template: Template = {}): Template {
  return { ...template, spec: stored(dropDisabledPodFields(template.spec ?? {})) };
}

/** Of a name that begins the names of pods. */
export function nameWarnings(name = ""): readonly string[] {
  const wrong = isDns1123Label(name).join(" ");
  return wrong === "" ? [] : [`metadata.name: ${usedInHostnames}: [${wrong}]`];
}

const usedInHostnames =
  "this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended";
