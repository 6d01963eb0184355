import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { JsonSchema } from "../../../machines/api/extension-objects.ts";
import { fieldErrorText } from "../../../machines/apiserver/field-error.ts";
import type { Fields } from "../../../machines/apiserver/patch-value.ts";
import { pruneAndDefault } from "../../../machines/apiserver/structural-schema.ts";
import { validateCustomResource } from "../../../machines/apiserver/validation-custom-resources.ts";

/** Answers of apiextensions-apiserver v0.35.4. */
interface Recorded {
  readonly schema: JsonSchema;
  readonly cases: readonly {
    readonly object: Fields;
    readonly errors: readonly string[];
    readonly unknown: readonly string[];
    readonly kept: Fields;
  }[];
}

const file = new URL("custom-resources.recorded.json", import.meta.url);
const { schema, cases }: Recorded = JSON.parse(readFileSync(file, "utf8"));
const named = cases.map((one) => [JSON.stringify(one.object["spec"] ?? null), one] as const);

describe("an object of a defined kind", () => {
  it.each(named)("with the spec %s is kept as Kubernetes keeps it", (_, one) => {
    const { object, unknown } = pruneAndDefault(one.object, schema);
    expect(object).toEqual(one.kept);
    expect(unknown).toEqual(one.unknown);
  });

  it.each(named)("with the spec %s is refused in Kubernetes' words", (_, one) => {
    const { object } = pruneAndDefault(one.object, schema);
    const texts = validateCustomResource(object, schema).map(fieldErrorText);
    expect(texts.toSorted()).toEqual(one.errors.toSorted());
  });
});
