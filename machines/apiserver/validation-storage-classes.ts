import { isQualifiedName, nameIsDnsSubdomain, utf8Length } from "../api/names.ts";
import type { StorageClass, TopologySelectorTerm } from "../api/storage-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalids,
  required,
  tooLong,
  validateChoice,
} from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { validateLabelName } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateImmutableField } from "./validation-numbers.ts";

const rules = { isNamespaced: false, validateName: nameIsDnsSubdomain };

type AnyClass = Unchecked<StorageClass>;
const maxParameters = 512;
const maxParametersLength = 256 * 1024;

/** pkg/apis/storage/validation/validation.go ValidateStorageClass. */
export function validateStorageClass(storageClass: AnyClass): FieldError[] {
  const { metadata = {}, provisioner = "", allowedTopologies = [] } = storageClass;
  const { volumeBindingMode: mode, reclaimPolicy } = storageClass;
  const modes = ["Immediate", "WaitForFirstConsumer"];
  return [
    ...validateObjectMeta(metadata, rules),
    ...(provisioner === ""
      ? [required("provisioner")]
      : invalids(
          "provisioner",
          provisioner.toLowerCase(),
          isQualifiedName(provisioner.toLowerCase()),
        )),
    ...validateParameters(storageClass),
    ...validateChoice(reclaimPolicy || undefined, ["Delete", "Retain"], "reclaimPolicy"),
    ...(mode === undefined
      ? [required("volumeBindingMode")]
      : validateChoice(mode, modes, "volumeBindingMode")),
    ...allowedTopologies.flatMap((term, index) => validateTerm(term, allowedTopologies, index)),
  ];
}

function validateParameters({ parameters = {} }: AnyClass): FieldError[] {
  const entries = Object.entries(parameters);
  if (entries.length > maxParameters) return [tooLong("parameters", maxParameters)];
  const length = entries.reduce((sum, [key, value]) => {
    return sum + utf8Length(key) + utf8Length(value);
  }, 0);
  return [
    ...("" in parameters ? [invalid("parameters", "", "field can not be empty.")] : []),
    ...(length > maxParametersLength ? [tooLong("parameters", maxParametersLength)] : []),
  ];
}

function validateTerm(
  { matchLabelExpressions: expressions = [] }: Unchecked<TopologySelectorTerm>,
  all: readonly Unchecked<TopologySelectorTerm>[],
  index: number,
): FieldError[] {
  const at = `allowedTopologies[${index}].matchLabelExpressions`;
  const keys = expressions.map(({ key = "" }) => key);
  const before = all.slice(0, index);
  const isSecond = before.some((one) => semanticDeepEqual(one, all[index]));
  return [
    ...expressions.flatMap(({ key = "", values = [] }, position) => {
      const path = `${at}[${position}]`;
      return [
        ...(values.length === 0 ? [required(`${path}.values`)] : []),
        ...values.flatMap((value, one) => {
          const isTwice = values.indexOf(value) < one;
          return isTwice ? [duplicate(`${path}.values[${one}]`, value)] : [];
        }),
        ...validateLabelName(key, `${path}.key`),
        ...(keys.indexOf(key) < position ? [duplicate(`${path}.key`, key)] : []),
      ];
    }),
    ...(isSecond ? [duplicate(at, "")] : []),
  ];
}

/** ValidateStorageClassUpdate. */
export function validateStorageClassUpdate(storageClass: AnyClass, old: AnyClass): FieldError[] {
  const fixed = (["parameters", "provisioner", "reclaimPolicy"] as const).filter((field) => {
    return !semanticDeepEqual(storageClass[field], old[field], field);
  });
  const { volumeBindingMode: mode } = storageClass;
  return [
    ...metadataUpdateErrors(storageClass, old),
    ...fixed.map((field) => forbidden(field, `updates to ${field} are forbidden.`)),
    ...validateImmutableField(mode, old.volumeBindingMode, "volumeBindingMode"),
  ];
}
