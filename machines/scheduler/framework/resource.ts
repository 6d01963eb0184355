import type { ResourceList } from "../../api/meta.ts";
import { type Quantity, quantityMilliValue, quantityValue } from "../../api/quantity.ts";
import { isScalarResourceName } from "../../api/resource-names.ts";
import { type Quantities, quantities } from "../../api/resources.ts";

/**
 * Amounts as the scheduler compares them; pkg/scheduler/framework/types.go Resource. Whole numbers:
 * CPU in thousandths, memory and storage in bytes.
 */
export interface Resource {
  readonly milliCPU: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  readonly allowedPodNumber: number;
  /** Extended resources, huge pages and attachable volumes. */
  readonly scalarResources: ReadonlyMap<string, number>;
}

export const noResource: Resource = {
  milliCPU: 0,
  memory: 0,
  ephemeralStorage: 0,
  allowedPodNumber: 0,
  scalarResources: new Map(),
};

/** `NewResource`. */
export function newResource(list: ResourceList | undefined): Resource {
  return resourceOf(quantities(list));
}

/** `Add` to nothing: each amount is rounded up to a whole number. */
export function resourceOf(amounts: Quantities): Resource {
  if (amounts.size === 0) return noResource;
  const whole = (name: string) => quantityValue(amounts.get(name) ?? zero);
  const scalar = [...amounts].filter(([name]) => isScalar(name));
  return {
    milliCPU: quantityMilliValue(amounts.get("cpu") ?? zero),
    memory: whole("memory"),
    ephemeralStorage: whole("ephemeral-storage"),
    allowedPodNumber: whole("pods"),
    scalarResources:
      scalar.length === 0
        ? noResource.scalarResources
        : new Map(scalar.map(([name, amount]) => [name, quantityValue(amount)])),
  };
}

/** A sum, or with sign -1 a difference; what both lack stays out. */
export function addResource(one: Resource, other: Resource, sign: 1 | -1): Resource {
  return {
    milliCPU: one.milliCPU + sign * other.milliCPU,
    memory: one.memory + sign * other.memory,
    ephemeralStorage: one.ephemeralStorage + sign * other.ephemeralStorage,
    allowedPodNumber: one.allowedPodNumber,
    scalarResources: addScalars(one.scalarResources, other.scalarResources, sign),
  };
}

function addScalars(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
  sign: 1 | -1,
): ReadonlyMap<string, number> {
  if (other.size === 0) return one;
  const sum = new Map(one);
  for (const [name, amount] of other) sum.set(name, (sum.get(name) ?? 0) + sign * amount);
  return sum;
}

function isScalar(name: string): boolean {
  return !plainResources.includes(name) && isScalarResourceName(name);
}

const plainResources: readonly string[] = ["cpu", "memory", "ephemeral-storage", "pods"];
const zero: Quantity = { unscaled: 0n, exponent: 0, isInt64: true, format: "DecimalSI" };
