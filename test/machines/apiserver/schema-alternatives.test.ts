import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { JsonSchema } from "../../../machines/api/extension-objects.ts";
import type { FieldError } from "../../../machines/apiserver/field-error.ts";
import type { Fields } from "../../../machines/apiserver/patch-value.ts";
import { validateCustomResource } from "../../../machines/apiserver/validation-custom-resources.ts";

/** Answers of kube-openapi's SchemaValidator, as apiextensions-apiserver v0.35.4 has it. */
interface Recorded {
  readonly schema: JsonSchema;
  readonly value: Fields;
  /** Each once, in order of the alphabet. */
  readonly errors: readonly string[];
}

const file = new URL("schema-alternatives.recorded.json", import.meta.url);
const recorded: readonly Recorded[] = JSON.parse(readFileSync(file, "utf8"));

/** What is told by a code alone is compared by it. */
function told({ type, field, detail }: FieldError): string {
  const code = type.replace("FieldValue", "");
  return ["Required", "NotSupported", "TooLong", "TooMany"].includes(code)
    ? `${code} ${field}`
    : `${field}: ${detail}`;
}

describe("what allOf, anyOf, oneOf and not refuse", () => {
  it.each(recorded.map((one, nth) => [nth, one] as const))(
    "is told in Kubernetes' words: case %i",
    (_, { schema, value, errors }) => {
      const texts = validateCustomResource(value, schema).map(told);
      expect([...new Set(texts)].toSorted()).toEqual(errors);
    },
  );
});
