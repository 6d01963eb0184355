import type { ResourceList } from "../api/meta.ts";
import { isQualifiedName, nameIsDnsSubdomain } from "../api/names.ts";
import type { LimitRange, LimitRangeItem } from "../api/policy-objects.ts";
import { asApproximateFloat64, cmpQuantity, type Quantity } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { quantities } from "../api/resources.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalids,
  required,
} from "./field-error.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import {
  isOvercommitAllowed,
  validateContainerResourceName,
  validateResourceName,
} from "./validation-resource-names.ts";

type Item = Unchecked<LimitRangeItem>;

/** pkg/apis/core/validation/validation.go ValidateLimitRange. */
export function validateLimitRange({ metadata = {}, spec = {} }: Unchecked<LimitRange>) {
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  const { limits = [] } = spec;
  return [
    ...validateObjectMeta(metadata, rules),
    ...limits.flatMap((item, index) => {
      const isSecond = limits.findIndex(({ type }) => type === item.type) < index;
      return validateItem(item, isSecond, `spec.limits[${index}]`);
    }),
  ];
}

function validateItem(item: Item, isSecond: boolean, path: string): FieldError[] {
  const { type = "" } = item;
  const isOfPod = type === "Pod";
  const isOfClaim = type === "PersistentVolumeClaim";
  const hasStorage = [item.min, item.max].some((list) => list?.["storage"] !== undefined);
  const detail = "either minimum or maximum storage value is required, but neither was provided";
  return [
    ...validateType(type, `${path}.type`),
    ...(isSecond ? [duplicate(`${path}.type`, type)] : []),
    ...validateNames(item.max, type, `${path}.max`),
    ...validateNames(item.min, type, `${path}.min`),
    ...(["default", "defaultRequest"] as const).flatMap((field) => {
      const names = validateNames(item[field], type, `${path}.${field}`);
      return isOfPod ? refused(item[field], `${path}.${field}`) : names;
    }),
    ...(isOfClaim && !hasStorage ? [required(`${path}.limits`, detail)] : []),
    ...validateNames(item.maxLimitRequestRatio, type, `${path}.maxLimitRequestRatio`),
    ...namesIn(item).flatMap((name) => validateAmounts(amountsOf(item, name), name, path)),
  ];
}

function refused(list: ResourceList | undefined, path: string): FieldError[] {
  const isEmpty = Object.keys(list ?? {}).length === 0;
  return isEmpty ? [] : [forbidden(path, "may not be specified when `type` is 'Pod'")];
}

function validateType(type: string, path: string): FieldError[] {
  const errors = invalids(path, type, isQualifiedName(type));
  if (errors.length > 0 || type.includes("/")) return errors;
  const isStandard = ["Pod", "Container", "PersistentVolumeClaim"].includes(type);
  return isStandard
    ? []
    : [invalid(path, type, "must be a standard limit type or fully qualified")];
}

function validateNames(list: ResourceList = {}, type: string, path: string): FieldError[] {
  const isOfContainers = type === "Pod" || type === "Container";
  const validate = isOfContainers ? validateContainerResourceName : validateResourceName;
  return Object.keys(list).flatMap((name) => validate(name, `${path}[${name}]`));
}

function namesIn(item: Item): readonly string[] {
  const { max, min, default: limit, defaultRequest, maxLimitRequestRatio } = item;
  const own = item.type === "Pod" ? {} : { ...limit, ...defaultRequest };
  return Object.keys({ ...max, ...min, ...own, ...maxLimitRequestRatio });
}

interface Amounts {
  readonly min: Quantity | undefined;
  readonly max: Quantity | undefined;
  readonly limit: Quantity | undefined;
  readonly request: Quantity | undefined;
  readonly ratio: Quantity | undefined;
}

function amountsOf(item: Item, name: string): Amounts {
  const own = item.type === "Pod" ? {} : item;
  return {
    min: quantities(item.min).get(name),
    max: quantities(item.max).get(name),
    limit: quantities(own.default).get(name),
    request: quantities(own.defaultRequest).get(name),
    ratio: quantities(item.maxLimitRequestRatio).get(name),
  };
}

/** In upstream's order; some show the other one of the two amounts. */
function validateAmounts(amounts: Amounts, name: string, path: string): FieldError[] {
  const { min, max, limit, request } = amounts;
  const at = (field: string) => `${path}.${field}[${name}]`;
  const isOther = limit && request && cmpQuantity(limit, request) !== 0;
  const unequal = (a: Quantity, b: Quantity) =>
    `default value ${text(a)} must equal to defaultRequest value ${text(b)} in ${name}`;
  return [
    ...greater(min, max, at("min"), "min value", "max value", min),
    ...greater(min, request, at("defaultRequest"), "min value", "default request value", request),
    ...greater(request, max, at("defaultRequest"), "default request value", "max value", request),
    ...greater(
      request,
      limit,
      at("defaultRequest"),
      "default request value",
      "default limit value",
      request,
    ),
    ...greater(min, limit, at("default"), "min value", "default value", min),
    ...greater(limit, max, at("default"), "default value", "max value", max),
    ...validateRatio(amounts, at("maxLimitRequestRatio")),
    ...(isOther && !isOvercommitAllowed(name)
      ? [invalid(at("defaultRequest"), text(request), unequal(limit, request))]
      : []),
  ];
}

function greater(
  one: Quantity | undefined,
  other: Quantity | undefined,
  path: string,
  oneName: string,
  otherName: string,
  shown: Quantity | undefined,
): FieldError[] {
  if (one === undefined || other === undefined || cmpQuantity(one, other) <= 0) return [];
  const detail = `${oneName} ${text(one)} is greater than ${otherName} ${text(other)}`;
  return [invalid(path, text(shown ?? one), detail)];
}

function validateRatio({ ratio, min, max }: Amounts, path: string): FieldError[] {
  if (ratio === undefined) return [];
  const isSmall = cmpQuantity(ratio, mustParse("1")) < 0;
  const small = isSmall ? [invalid(path, text(ratio), `ratio ${text(ratio)} is less than 1`)] : [];
  if (min === undefined || max === undefined) return small;
  const most = asApproximateFloat64(max) / asApproximateFloat64(min);
  if (asApproximateFloat64(ratio) <= most) return small;
  const detail = `ratio ${text(ratio)} is greater than max/min = ${most.toFixed(6)}`;
  return [...small, invalid(path, text(ratio), detail)];
}

function text(amount: Quantity): string {
  return formatQuantity(amount);
}
