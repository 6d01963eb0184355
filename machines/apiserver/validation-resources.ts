import type { ResourceList } from "../api/meta.ts";
import { isDns1123Label } from "../api/names.ts";
import type { PodSpec, ResourceRequirements } from "../api/pod.ts";
import { cmpQuantity, newQuantity, type Quantity, scaledValue } from "../api/quantity.ts";
import { formatQuantity, mustParse, parseQuantity } from "../api/quantity-text.ts";
import { quantities } from "../api/resources.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notFound,
  required,
} from "./field-error.ts";
import { isNegative } from "./validation-metadata.ts";
import {
  hugePages,
  isHugePages,
  isIntegerResourceName,
  isOvercommitAllowed,
  validateContainerResourceName,
} from "./validation-resource-names.ts";

/** Whether a resource may be named in a place. */
type ValidateName = (name: string, path: string) => FieldError[];

/** pkg/apis/core/validation/validation.go validateResourceRequirements. */
export function validateResourceRequirements(
  { limits, requests, claims = [] }: Unchecked<ResourceRequirements>,
  claimNames: ReadonlySet<string>,
  path: string,
  validateName: ValidateName = validateContainerResourceName,
): FieldError[] {
  const [limited, requested] = [sorted(limits), sorted(requests)];
  const names = [...limited, ...requested].map(([name]) => name);
  const hasHugePages = names.some(isHugePages);
  const hasNoBasis = hasHugePages && !names.some((name) => name === "cpu" || name === "memory");
  return [
    ...limited.flatMap(([name, amount]) => {
      return validateAmount(name, amount, `${path}.limits[${name}]`, validateName);
    }),
    ...requested.flatMap(([name, amount]) => {
      const limit = limits?.[name];
      const at = `${path}.requests[${name}]`;
      return [
        ...validateAmount(name, amount, at, validateName, () =>
          validateRequest(name, amount, limit === undefined ? undefined : mustParse(limit), path),
        ),
      ];
    }),
    ...(hasNoBasis ? [forbidden(path, "HugePages require cpu or memory")] : []),
    ...validateResourceClaimNames(claims, claimNames, `${path}.claims`),
  ];
}

function sorted(list: ResourceList | undefined): readonly (readonly [string, Quantity])[] {
  return [...quantities(list)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function validateAmount(
  name: string,
  amount: Quantity,
  path: string,
  validateName: ValidateName,
  beforeHugePages: () => FieldError[] = () => [],
): FieldError[] {
  return [
    ...validateName(name, path),
    ...validateResourceQuantityValue(name, amount, path),
    ...beforeHugePages(),
    ...(isHugePages(name) ? validateHugePageValue(name, amount, path) : []),
  ];
}

/** No amount is negative, and devices are counted in whole numbers. */
export function validateResourceQuantityValue(
  name: string,
  amount: Quantity,
  path: string,
): FieldError[] {
  const text = formatQuantity(amount);
  const isWhole = scaledValue(amount, -3) % 1000n === 0n;
  const isCounted = isIntegerResourceName(name);
  return [
    ...(cmpQuantity(amount, newQuantity(0)) < 0 ? [invalid(path, text, isNegative)] : []),
    ...(isCounted && !isWhole ? [invalid(path, text, "must be an integer")] : []),
  ];
}

function validateRequest(
  name: string,
  request: Quantity,
  limit: Quantity | undefined,
  path: string,
): FieldError[] {
  const isFixed = !isOvercommitAllowed(name);
  if (limit === undefined) {
    const detail = "Limit must be set for non overcommitable resources";
    return isFixed ? [required(`${path}.limits`, detail)] : [];
  }
  const order = cmpQuantity(request, limit);
  const bound = `${name} limit of ${formatQuantity(limit)}`;
  const detail = isFixed ? `must be equal to ${bound}` : `must be less than or equal to ${bound}`;
  const isWrong = isFixed ? order !== 0 : order > 0;
  return isWrong ? [invalid(`${path}.requests`, formatQuantity(request), detail)] : [];
}

function validateHugePageValue(name: string, amount: Quantity, path: string): FieldError[] {
  const size = parseQuantity(name.slice(hugePages.length));
  const text = formatQuantity(amount);
  const isPage = !("error" in size) && cmpQuantity(size, newQuantity(0)) > 0;
  const isWhole = isPage && scaledValue(size, -3) % 1000n === 0n;
  const isDivisible = isWhole && scaledValue(amount, 0) % scaledValue(size, 0) === 0n;
  return isDivisible
    ? []
    : [invalid(path, text, `${text} is not positive integer multiple of ${name}`)];
}

type Claims = NonNullable<Unchecked<PodSpec>["resources"]>["claims"];

function validateResourceClaimNames(
  claims: NonNullable<Claims>,
  podClaimNames: ReadonlySet<string>,
  path: string,
): FieldError[] {
  const used = new Set<string>();
  return claims.flatMap(({ name = "", request = "" }, index) => {
    const at = `${path}[${index}]`;
    if (name === "") return [required(at)];
    const errors: FieldError[] = [];
    if (used.has(name)) errors.push(duplicate(at, name));
    else {
      const key = request === "" ? name : `${name}/${request}`;
      if (request !== "")
        errors.push(...invalids(`${at}.request`, request, isDns1123Label(request)));
      const overlaps = [...used].filter((other) => request === "" && other.startsWith(`${name}/`));
      if (used.has(key)) errors.push(duplicate(at, key));
      else errors.push(...overlaps.map(() => duplicate(at, name)));
      used.add(key);
    }
    return podClaimNames.has(name) ? errors : [...errors, unknownClaim(at, name, podClaimNames)];
  });
}

function unknownClaim(path: string, name: string, known: ReadonlySet<string>): FieldError {
  const names = known.size === 0 ? " which is empty" : `: ${[...known].toSorted().join(", ")}`;
  return notFound(path, name, `must be one of the names in pod.spec.resourceClaims${names}`);
}
