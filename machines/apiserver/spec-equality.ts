import { cmpQuantity } from "../api/quantity.ts";
import { parseQuantity } from "../api/quantity-text.ts";
import { isFields } from "./patch-value.ts";

/**
 * Whether two values mean the same to Kubernetes: an empty list or map is as good as none, and
 * quantities are compared by what they amount to; apimachinery/pkg/api/equality Semantic.DeepEqual.
 */
export function semanticDeepEqual(one: unknown, other: unknown, field = ""): boolean {
  if (one === other) return true;
  if (isNothing(one, field) || isNothing(other, field)) {
    return isNothing(one, field) && isNothing(other, field);
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, at) => isSame(value, other[at], field));
  }
  if (!isFields(one) || !isFields(other)) return areQuantities(one, other, field);
  const within = amounts.has(field) ? quantity : "";
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name], within || name));
}

/** Fields that are maps or structs in Go, where absent and empty are one. */
const maps = new Set(["nodeSelector", "matchLabels", "overhead", "limits", "requests"]);
const structs = new Set(["resources", "labels", "annotations"]);
/** Maps whose values are quantities, and fields that are one. */
const amounts = new Set(["overhead", "limits", "requests"]);
const quantities = new Set(["sizeLimit", "divisor"]);
const quantity = "quantity";

const isSame = semanticDeepEqual;

function isNothing(value: unknown, field: string): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object") return false;
  return (maps.has(field) || structs.has(field)) && Object.keys(value).length === 0;
}

function areQuantities(one: unknown, other: unknown, field: string): boolean {
  if (field !== quantity && !quantities.has(field)) return false;
  const [left, right] = [parseQuantity(String(one)), parseQuantity(String(other))];
  return !("error" in left) && !("error" in right) && cmpQuantity(left, right) === 0;
}
