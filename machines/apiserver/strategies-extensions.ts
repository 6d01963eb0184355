import type {
  CustomResourceDefinition,
  CustomResourceNames,
  CustomResourceVersion,
  JsonSchema,
} from "../api/extension-objects.ts";
import { isDns1035Label, isDns1123Subdomain } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { AnyObject } from "../api/objects.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  required,
  validateRequiredChoice,
} from "./field-error.ts";
import {
  firstGeneration,
  type Strategy,
  withGeneration,
  withOldStatus,
  withoutStatus,
} from "./kind-strategy.ts";
import { validateObjectMeta } from "./validation-metadata.ts";

type Definition = Unchecked<CustomResourceDefinition> & AnyObject;

/** apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go */
export const customResourceDefinitions: Strategy<Definition> = {
  isNamespaced: false,
  setDefaults: (definition) => {
    const { spec } = definition;
    return spec?.names === undefined
      ? definition
      : { ...definition, spec: { ...spec, names: withUsualNames(spec.names) } };
  },
  prepareForCreate: (definition) => firstGeneration(withoutStatus(definition)),
  validate,
  prepareForUpdate: (definition, old) => withGeneration(withOldStatus(definition, old), old),
  validateUpdate: (definition, old) => {
    const moved = (["group", "scope"] as const).filter((field) => {
      return definition.spec?.[field] !== old.spec?.[field];
    });
    const errors = moved.map((field) => {
      return invalid(`spec.${field}`, definition.spec?.[field], "field is immutable");
    });
    return [...validate(definition), ...errors];
  },
};

/** apis/apiextensions/v1/defaults.go */
function withUsualNames(names: Unchecked<CustomResourceNames>): Unchecked<CustomResourceNames> {
  const { kind = "" } = names;
  return {
    ...names,
    singular: names.singular || kind.toLowerCase(),
    listKind: names.listKind || `${kind}List`,
  };
}

/** apis/apiextensions/validation/validation.go ValidateCustomResourceDefinition */
function validate(definition: Definition): readonly FieldError[] {
  const { metadata = {}, spec = {} } = definition;
  const { group = "", scope = "", names = {}, versions = [] } = spec;
  const wanted = `${names.plural ?? ""}.${group}`;
  const validateName = (name: string) => [
    ...isDns1123Subdomain(name),
    ...(name === wanted ? [] : ['must be spec.names.plural+"."+spec.group']),
  ];
  return [
    ...validateObjectMeta(metadata, { isNamespaced: false, validateName }),
    ...groupErrors(group),
    ...validateRequiredChoice(scope, ["Cluster", "Namespaced"], "spec.scope"),
    ...versions.flatMap((version, at) => versionErrors(version, `spec.versions[${at}]`)),
    ...allVersions(versions),
    ...nameErrors(names),
  ];
}

function groupErrors(group: string): readonly FieldError[] {
  if (group === "") return [required("spec.group")];
  const errors = isDns1123Subdomain(group);
  if (errors.length > 0) return [invalid("spec.group", group, errors.join(","))];
  return group.includes(".")
    ? []
    : [invalid("spec.group", group, "should be a domain with at least one dot")];
}

function versionErrors(
  version: Unchecked<CustomResourceVersion>,
  path: string,
): readonly FieldError[] {
  const { name = "", schema } = version;
  const errors = isDns1035Label(name);
  const own = errors.length === 0 ? [] : [invalid(`${path}.name`, name, errors.join(","))];
  const inside = `${path}.schema.openAPIV3Schema`;
  const found = schema?.openAPIV3Schema;
  if (found === undefined) return [required(inside), ...own];
  const root: JsonSchema = { ...found };
  const top = root.type === "object" ? [] : [rootMistake(root, inside)];
  return [...own, ...top, ...structureErrors(root, inside, true)];
}

function rootMistake({ type }: JsonSchema, path: string): FieldError {
  if (type === undefined) return required(`${path}.type`, "must not be empty at the root");
  return invalid(`${path}.type`, type, "must be object at the root");
}

/** Each part says its type; apiserver/schema/validation.go ValidateStructural. */
function structureErrors(schema: JsonSchema, path: string, isRoot = false): readonly FieldError[] {
  const isFree =
    schema["x-kubernetes-preserve-unknown-fields"] === true ||
    schema["x-kubernetes-int-or-string"] === true;
  const lacksType = schema.type === undefined && !isFree && !isRoot;
  const where = path.endsWith(".items") ? "array items" : "object fields";
  const { properties = {}, additionalProperties, items } = schema;
  return [
    ...(lacksType ? [required(`${path}.type`, `must not be empty for specified ${where}`)] : []),
    ...(schema.type === "array" && items === undefined
      ? [required(`${path}.items`, "must be specified")]
      : []),
    ...(Object.keys(properties).length > 0 && additionalProperties !== undefined
      ? [forbidden(`${path}.additionalProperties`, "is mutual exclusive with properties")]
      : []),
    ...Object.entries(properties).flatMap(([name, own]) => {
      return structureErrors(own, `${path}.properties[${name}]`);
    }),
    ...(typeof additionalProperties === "object"
      ? structureErrors(additionalProperties, `${path}.additionalProperties`)
      : []),
    ...(items === undefined ? [] : structureErrors(items, `${path}.items`)),
  ];
}

function allVersions(versions: readonly Unchecked<CustomResourceVersion>[]): readonly FieldError[] {
  const names = new Set(versions.map(({ name }) => name));
  const stored = versions.filter(({ storage }) => storage === true).length;
  const one = "must have exactly one version marked as storage version";
  return [
    ...(names.size < versions.length
      ? [invalid("spec.versions", versions, "must contain unique version names")]
      : []),
    ...(stored === 1 ? [] : [invalid("spec.versions", versions, one)]),
  ];
}

function nameErrors(names: Unchecked<CustomResourceNames>): readonly FieldError[] {
  const fields = ["plural", "singular", "kind", "listKind"] as const;
  const missing = fields.filter((field) => !names[field]);
  const wrong = fields.flatMap((field) => {
    const text = names[field] ?? "";
    const isMixed = field === "kind" || field === "listKind";
    const errors = text === "" ? [] : isDns1035Label(isMixed ? text.toLowerCase() : text);
    const before = isMixed ? "may have mixed case, but should otherwise match: " : "";
    return errors.length === 0
      ? []
      : [invalid(`spec.names.${field}`, text, `${before}${errors.join(",")}`)];
  });
  const isSame = names.kind !== undefined && names.kind === names.listKind;
  return [
    ...missing.map((field) => required(`spec.names.${field}`)),
    ...wrong,
    ...(isSame
      ? [invalid("spec.names.listKind", names.listKind, "kind and listKind may not be the same")]
      : []),
  ];
}
