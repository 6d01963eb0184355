import type { JobSpec, PodFailurePolicyRule, SuccessPolicyRule } from "../api/job-objects.ts";
import { isQualifiedName } from "../api/names.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  invalid,
  invalids,
  notSupported,
  required,
  tooLong,
  tooMany,
} from "./field-error.ts";
import { validateNonnegativeField } from "./validation-numbers.ts";

type Spec = Unchecked<JobSpec>;
type Rule = Unchecked<PodFailurePolicyRule>;

const maxRules = 20;
const maxExitCodes = 255;
const maxPatterns = 20;
const maxIndexesLength = 64 * 1024;
const actions = ["Count", "FailIndex", "FailJob", "Ignore"];
const operators = ["In", "NotIn"];
const statuses = ["False", "True", "Unknown"];

/** pkg/apis/batch/validation/validation.go validatePodFailurePolicy. */
export function validatePodFailurePolicy(spec: Spec, path: string): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const { containers = [], initContainers = [] } = spec.template?.spec ?? {};
  const names = new Set([...containers, ...initContainers].map(({ name = "" }) => name));
  const at = `${path}.rules`;
  return [
    ...(rules.length > maxRules ? [tooMany(at, rules.length, maxRules)] : []),
    ...rules.flatMap((rule, index) => validateRule(rule, spec, names, `${at}[${index}]`)),
  ];
}

function validateRule(
  rule: Rule,
  { backoffLimitPerIndex: limit }: Spec,
  names: ReadonlySet<string>,
  path: string,
): FieldError[] {
  const { action = "", onExitCodes, onPodConditions: patterns = [] } = rule;
  const isLimited = action !== "FailIndex" || limit !== undefined;
  const needsLimit = "requires the backoffLimitPerIndex to be set";
  const hasBoth = onExitCodes !== undefined && patterns.length > 0;
  const both = "specifying both OnExitCodes and OnPodConditions is not supported";
  const none = "specifying one of OnExitCodes and OnPodConditions is required";
  return [
    ...validateWord(action, actions, `${path}.action`),
    ...(isLimited ? [] : [invalid(`${path}.action`, action, needsLimit)]),
    ...(onExitCodes ? validateOnExitCodes(onExitCodes, names, `${path}.onExitCodes`) : []),
    ...validateOnPodConditions(patterns, `${path}.onPodConditions`),
    ...(hasBoth ? [invalid(path, undefined, both)] : []),
    ...(onExitCodes === undefined && patterns.length === 0 ? [invalid(path, undefined, none)] : []),
  ];
}

/** The valid ones are said of a missing one, too. */
function validateWord(word: string, known: readonly string[], path: string): FieldError[] {
  if (word === "") return [required(path, `valid values: [${known.map(quote).join(" ")}]`)];
  return known.includes(word) ? [] : [notSupported(path, word, known)];
}

function validateOnPodConditions(
  patterns: NonNullable<Rule["onPodConditions"]>,
  path: string,
): FieldError[] {
  return [
    ...(patterns.length > maxPatterns ? [tooMany(path, patterns.length, maxPatterns)] : []),
    ...patterns.flatMap(({ type = "", status = "" }, index) => [
      ...invalids(`${path}[${index}].type`, type, isQualifiedName(type)),
      ...validateWord(status, statuses, `${path}[${index}].status`),
    ]),
  ];
}

function validateOnExitCodes(
  { operator = "", containerName, values: given }: NonNullable<Rule["onExitCodes"]>,
  names: ReadonlySet<string>,
  path: string,
): FieldError[] {
  const at = `${path}.values`;
  const values = given ?? [];
  const isKnown = containerName === undefined || names.has(containerName);
  const unknown = "must be one of the container or initContainer names in the pod template";
  const isOrdered = values.every((value, index) => (values[index - 1] ?? value) <= value);
  return [
    ...validateWord(operator, operators, `${path}.operator`),
    ...(isKnown ? [] : [invalid(`${path}.containerName`, containerName, unknown)]),
    ...(values.length === 0 ? [invalid(at, given ?? null, "at least one value is required")] : []),
    ...(values.length > maxExitCodes ? [tooMany(at, values.length, maxExitCodes)] : []),
    ...values.flatMap((value, index) => [
      ...(operator === "In" && value === 0
        ? [invalid(`${at}[${index}]`, value, "must not be 0 for the In operator")]
        : []),
      ...(values.indexOf(value) < index ? [duplicate(`${at}[${index}]`, value)] : []),
    ]),
    ...(isOrdered ? [] : [invalid(at, values, "must be ordered")]),
  ];
}

/** validateSuccessPolicy; of an indexed job only. */
export function validateSuccessPolicy(spec: Spec, path: string): FieldError[] {
  const rules = spec.successPolicy?.rules ?? [];
  const at = `${path}.rules`;
  const detail = "at least one rules must be specified when the successPolicy is specified";
  return [
    ...(rules.length === 0 ? [required(at, detail)] : []),
    ...(rules.length > maxRules ? [tooMany(at, rules.length, maxRules)] : []),
    ...rules.flatMap((rule, index) => {
      return validateSuccessRule(rule, spec.completions ?? 0, `${at}[${index}]`);
    }),
  ];
}

function validateSuccessRule(
  { succeededCount: count, succeededIndexes: indexes }: Unchecked<SuccessPolicyRule>,
  completions: number,
  path: string,
): FieldError[] {
  const read = validateIndexesFormat(indexes ?? "", completions);
  const total = typeof read === "number" ? read : 0;
  const [countAt, indexesAt] = [`${path}.succeededCount`, `${path}.succeededIndexes`];
  const none = "at least one of succeededCount or succeededIndexes must be specified";
  const most = (limit: number, what: string) =>
    invalid(countAt, count, `must be less than or equal to ${limit} (the number of ${what})`);
  const tooMuch = count !== undefined && count > completions;
  const tooFew = count !== undefined && indexes !== undefined && count > total;
  return [
    ...(count === undefined && indexes === undefined ? [required(path, none)] : []),
    ...((indexes ?? "").length > maxIndexesLength ? [tooLong(indexesAt, maxIndexesLength)] : []),
    ...(typeof read === "number"
      ? []
      : [invalid(indexesAt, indexes, `error parsing succeededIndexes: ${read.error}`)]),
    ...validateNonnegativeField(count, countAt),
    ...(tooMuch ? [most(completions, "specified completions")] : []),
    ...(tooFew ? [most(total, "indexes in the specified succeededIndexes field")] : []),
  ];
}

/** How many indexes `0,2-4` names; validateIndexesFormat. */
function validateIndexesFormat(
  text: string,
  completions: number,
): number | { readonly error: string } {
  let [last, total] = [-1, 0];
  for (const interval of text === "" ? [] : text.split(",")) {
    const limits = interval.split("-");
    if (limits.length > 2) return { error: `the fragment ${quote(interval)} ${twoParts}` };
    const [first = 0, end = first] = limits.map((limit) => {
      return /^[+-]?\d+$/.test(limit) ? Number(limit) : Number.NaN;
    });
    const wrong = [first, end].findIndex((index) => Number.isNaN(index) || index >= completions);
    const word = quote(limits[Math.min(Math.max(wrong, 0), limits.length - 1)] ?? "");
    if (wrong >= 0) {
      return [first, end].some((one, at) => at === wrong && Number.isNaN(one))
        ? { error: `cannot convert string to integer for index: ${word}` }
        : { error: `too large index: ${word}` };
    }
    const isReversed = limits.length === 2 && first >= end;
    if (isReversed) return { error: `non-increasing order, previous: ${first}, current: ${end}` };
    if (last >= first)
      return { error: `non-increasing order, previous: ${last}, current: ${first}` };
    total += end - first + 1;
    last = end;
  }
  return total;
}

const twoParts =
  "violates the requirement that an index interval can have at most two parts separated by '-'";
