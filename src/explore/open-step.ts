import { type Form, inside, scalar } from "../manifest/scenario/form.ts";
import { type ScenarioStep, stepForm } from "../manifest/scenario/steps.ts";
import type { JsonObject } from "../manifest/structure.ts";
import { valueOf, type YamlEntry, type YamlNode } from "../yaml/node.ts";

/** What a user or a fault may do at any moment. */
export interface OpenStep {
  readonly step: ScenarioStep;
  /** As it is written: `kubectl delete pod web`. */
  readonly label: string;
  /** How often in one life. */
  readonly atMost: number;
}

const atMost: Form<number> = scalar(
  "a whole number from 1 on",
  { type: "integer", minimum: 1 },
  (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined,
);

/** A scenario's step without a time. */
export const openStepForm: Form<OpenStep> = {
  get schema() {
    const { anyOf } = stepForm.schema;
    const forms = Array.isArray(anyOf) ? anyOf.filter(isObject) : [];
    return { anyOf: forms.map(untimedSchema) };
  },
  read: (node, place) => {
    const entries = node.kind === "map" ? node.entries : [];
    const times = entries.find(({ key }) => key === "atMost");
    const often = times && atMost.read(times.value, inside(place, "atMost"));
    const others = entries.filter(({ key }) => key !== "atMost");
    const timed: YamlNode = { ...node, kind: "map", entries: [...others, atOnce(node)] };
    const step = stepForm.read(node.kind === "map" ? timed : node, place);
    if (step === undefined || (times !== undefined && often === undefined)) return undefined;
    return { step, label: labelOf(others), atMost: often ?? 1 };
  },
};

function atOnce({ line, column }: YamlNode): YamlEntry {
  const at = { line, column };
  return { key: "atSeconds", keyAt: at, value: { kind: "scalar", ...at, value: 0 } };
}

function labelOf(entries: readonly YamlEntry[]): string {
  const words = entries.map(({ key, value }) => {
    const told = valueOf(value);
    const text = typeof told === "object" ? JSON.stringify(told) : String(told);
    if (key === "do") return text;
    return key === "kubectl" ? `kubectl ${text}` : `${key}=${text}`;
  });
  return words.join(" ");
}

function untimedSchema({ required, properties, ...schema }: JsonObject): JsonObject {
  const names = Array.isArray(required) ? required : [];
  const { atSeconds: _, ...fields } = isObject(properties) ? properties : {};
  const often = { description: "How often in one life; once unless given.", ...atMost.schema };
  return {
    ...schema,
    required: names.filter((one) => one !== "atSeconds"),
    properties: { atMost: often, ...fields },
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
