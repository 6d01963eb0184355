import type { LabelSelector, LabelSelectorRequirement } from "./label-selector.ts";
import { isQualifiedName, isValidLabelValue } from "./names.ts";
import type { NodeSelectorRequirement } from "./pod.ts";
import { quote } from "./quote.ts";

export type Labels = Readonly<Record<string, string>>;

/** A label selector, checked and ready to be asked; apimachinery pkg/labels/selector.go. */
export interface Selector {
  /** All of them must hold; none is `Everything`. */
  readonly requirements: readonly LabelSelectorRequirement[];
  readonly isNothing: boolean;
}

/** Why a label selector cannot be used, in Kubernetes' words. */
export interface SelectorError {
  readonly error: string;
}

/** `labels.Nothing`. */
export const nothing: Selector = { requirements: [], isNothing: true };

/** `labels.Everything`. */
export const everything: Selector = { requirements: [], isNothing: false };

/** An absent selector selects nothing; pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector. */
export function labelSelectorAsSelector(
  selector: LabelSelector | undefined,
): Selector | SelectorError {
  if (selector === undefined) return nothing;
  const requirements = [
    ...selectorFromSet(selector.matchLabels ?? {}).requirements,
    ...(selector.matchExpressions ?? []),
  ];
  for (const requirement of requirements) {
    const error = requirementError(requirement);
    if (error !== undefined) return { error };
  }
  return { requirements, isNothing: false };
}

/** Every pair must be there; `labels.SelectorFromSet`. */
export function selectorFromSet(labels: Labels): Selector {
  const requirements = Object.entries(labels).map(([key, value]) => {
    return { key, operator: "In", values: [value] } as const;
  });
  return { requirements, isNothing: false };
}

/** `Add`: nothing stays nothing. */
export function mergedSelectors(one: Selector, other: Selector): Selector {
  const requirements = [...one.requirements, ...other.requirements];
  return { requirements, isNothing: one.isNothing || other.isNothing };
}

/** `Empty`: it asks for nothing in particular. */
export function isEmptySelector({ requirements, isNothing }: Selector): boolean {
  return requirements.length === 0 && !isNothing;
}

/** `Matches`. */
export function selectorMatches(
  { requirements, isNothing }: Selector,
  labels: Labels | undefined,
): boolean {
  if (isNothing) return false;
  for (const requirement of requirements) {
    if (!labelMatches(requirement, labels?.[requirement.key])) return false;
  }
  return true;
}

/** What must not be so holds for an object without the label, too; `Requirement.Matches`. */
export function labelMatches(
  { operator, values = [] }: Pick<NodeSelectorRequirement, "operator" | "values">,
  label: string | undefined,
): boolean {
  switch (operator) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return label === undefined || !values.includes(label);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    case "Gt":
    case "Lt": {
      const [number, bound] = [parseInt64(label ?? ""), parseInt64(values[0] ?? "")];
      if (number === undefined || bound === undefined) return false;
      return operator === "Gt" ? number > bound : number < bound;
    }
  }
}

function requirementError({ operator, ...rest }: LabelSelectorRequirement): string | undefined {
  if (!operators.includes(operator)) {
    return `${quote(operator)} is not a valid label selector operator`;
  }
  return aggregate(requirementErrors({ operator, ...rest }));
}

/** Several errors as one text; apimachinery pkg/util/errors NewAggregate. */
export function aggregate(errors: readonly string[]): string | undefined {
  return errors.length > 1 ? `[${errors.join(", ")}]` : errors[0];
}

/** `NewRequirement`: what is wrong with it, field by field; `path` ends in a dot. */
export function requirementErrors(
  { key, operator, values = [] }: Omit<NodeSelectorRequirement, "operator"> & Operated,
  path = "",
): readonly string[] {
  const keyMessages = isQualifiedName(key);
  const ofKey = `${path}key: Invalid value: ${quote(key)}: ${keyMessages.join("; ")}`;
  return [
    ...(keyMessages.length > 0 ? [ofKey] : []),
    ...valuesErrors(operator, values, `${path}values`),
    ...values.flatMap((value, index) => {
      const messages = isValidLabelValue(value).join("; ");
      const at = `${path}values[${index}][${key}]`;
      return messages === "" ? [] : [`${at}: Invalid value: ${quote(value)}: ${messages}`];
    }),
  ];
}

interface Operated {
  readonly operator: string;
}

function valuesErrors(
  operator: string,
  values: readonly string[],
  path: string,
): readonly string[] {
  const invalid = (rule: string) => [`${path}: Invalid value: ${JSON.stringify(values)}: ${rule}`];
  switch (operator) {
    case "In":
    case "NotIn":
      return values.length > 0
        ? []
        : invalid("for 'in', 'notin' operators, values set can't be empty");
    case "Exists":
    case "DoesNotExist":
      return values.length === 0
        ? []
        : invalid("values set must be empty for exists and does not exist");
    default:
      return [
        ...(values.length === 1
          ? []
          : invalid("for 'Gt', 'Lt' operators, exactly one value is required")),
        ...values.flatMap((value, index) =>
          parseInt64(value) !== undefined
            ? []
            : [`${path}[${index}]: Invalid value: ${quote(value)}: ${notInteger}`],
        ),
      ];
  }
}

/** strconv.ParseInt of a decimal that fits into 64 bits. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text.replace("+", ""));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

const notInteger = "for 'Gt', 'Lt' operators, the value must be an integer";
const operators: readonly string[] = ["In", "NotIn", "Exists", "DoesNotExist"];
