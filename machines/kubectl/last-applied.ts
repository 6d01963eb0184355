import { goJson } from "../api/go-json.ts";
import { type Fields, isFields } from "../apiserver/patch-value.ts";

/** What `kubectl apply` last sent of an object, as JSON. */
export const lastAppliedConfigAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

/** What was last applied; undefined of an object that was not. kubectl/pkg/util/apply.go */
export function getOriginalConfiguration(object: Fields): string | undefined {
  const text = annotationsOf(object)[lastAppliedConfigAnnotation];
  return typeof text === "string" ? text : undefined;
}

/**
 * An object as it is sent: with what is sent of it as an annotation, which has no annotation of
 * that name itself. kubectl/pkg/util/apply.go GetModifiedConfiguration
 */
export function getModifiedConfiguration(object: Fields): Fields {
  const configuration = lastAppliedOf(object);
  const annotations = { ...annotationsOf(object), [lastAppliedConfigAnnotation]: configuration };
  return annotated(object, annotations);
}

/** The annotation that an object is sent with. */
export function lastAppliedOf(object: Fields): string {
  const { [lastAppliedConfigAnnotation]: _, ...annotations } = annotationsOf(object);
  return `${goJson(annotated(object, annotations))}\n`;
}

function annotated(object: Fields, annotations: Fields): Fields {
  return { ...object, metadata: { ...metadataOf(object), annotations } };
}

function annotationsOf(object: Fields): Fields {
  const { annotations } = metadataOf(object);
  return isFields(annotations) ? annotations : {};
}

function metadataOf({ metadata }: Fields): Fields {
  return isFields(metadata) ? metadata : {};
}
