export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent";

/**
 * An amount as Kubernetes reckons with it: exact, `unscaled × 10^exponent`.
 * Source: apimachinery pkg/api/resource/quantity.go. Text to and from it: quantity-text.ts.
 */
export interface Quantity {
  readonly unscaled: bigint;
  readonly exponent: number;
  /** Go holds it as a plain int64: what overflows there is 0, where a big decimal wraps around. */
  readonly isInt64: boolean;
  readonly format: QuantityFormat;
  /** The text it was read from, where Go keeps that instead of the canonical one. */
  readonly text?: string;
}

/** The largest amount that a binary suffix can mean. */
export const maxInt64 = 2n ** 63n - 1n;

/** `NewScaledQuantity`, and with a format `NewQuantity` (exponent 0) or `NewMilliQuantity` (-3). */
export function newQuantity(
  unscaled: bigint | number,
  exponent = 0,
  format: QuantityFormat = "DecimalSI",
): Quantity {
  return { unscaled: BigInt(unscaled), exponent, isInt64: true, format };
}

/** `Value`: whole units, rounded away from zero; exact up to 2^53. */
export function quantityValue(quantity: Quantity): number {
  return Number(scaledValue(quantity, 0));
}

/** `MilliValue`: thousandths (of a CPU), rounded away from zero; exact up to 2^53. */
export function quantityMilliValue(quantity: Quantity): number {
  return Number(scaledValue(quantity, -3));
}

/** `ScaledValue`: the int64 number of 10^exponent units that Go gives, with its overflows. */
export function scaledValue(quantity: Quantity, exponent: number): bigint {
  const finerBy = exponent - quantity.exponent;
  if (!quantity.isInt64) return scaledDecimal(quantity.unscaled, finerBy);
  if (finerBy > 0) return roundedAway(quantity.unscaled, finerBy);
  return scaledUpInt64(quantity.unscaled, -finerBy) ?? overflowed(quantity.unscaled, -finerBy);
}

/** `AsInt64`: null where Go would need its big decimal; this follows its representation. */
export function asInt64(quantity: Quantity): bigint | null {
  if (!quantity.isInt64 || quantity.exponent < 0) return null;
  return scaledUpInt64(quantity.unscaled, quantity.exponent) ?? null;
}

/** `AsApproximateFloat64`: loses precision by design. */
export function asApproximateFloat64({ unscaled, exponent }: Quantity): number {
  return exponent === 0 ? Number(unscaled) : Number(unscaled) * pow10Float64(exponent);
}

/** `IsZero`, whatever the format. */
export function isZero(quantity: Quantity): boolean {
  return quantity.unscaled === 0n;
}

/** `Sign`: -1, 0 or 1. */
export function quantitySign({ unscaled }: Quantity): -1 | 0 | 1 {
  return signOf(unscaled);
}

/** `Cmp`: -1 when a is the smaller one, 1 when it is the larger, 0 when they are equal. */
export function cmpQuantity(a: Quantity, b: Quantity): -1 | 0 | 1 {
  const [signA, signB] = [quantitySign(a), quantitySign(b)];
  if (signA !== signB || signA === 0) return signOf(BigInt(signA - signB));
  const { left, right } = atOneExponent(a, b);
  return signOf(left - right);
}

/** `Add`: the sum has a's format, but b's when a is zero. */
export function addQuantity(a: Quantity, b: Quantity): Quantity {
  const format = isZero(a) ? b.format : a.format;
  if (a.isInt64 && b.isInt64) {
    if (isZero(b)) return { ...withoutText(a), format };
    if (isZero(a)) return { ...withoutText(b), format };
  }
  const { left, right, exponent } = atOneExponent(a, b);
  const sum = { unscaled: left + right, exponent, format };
  const isInt64 = a.isInt64 && b.isInt64 && [left, right, sum.unscaled].every(fitsInt64);
  return { ...sum, isInt64 };
}

/** `Sub`: the difference has a's format, but b's when a is zero. */
export function subQuantity(a: Quantity, b: Quantity): Quantity {
  return addQuantity(a, negQuantity(b));
}

/** `Neg`. */
export function negQuantity(quantity: Quantity): Quantity {
  return { ...withoutText(quantity), unscaled: -quantity.unscaled };
}

/** `Mul`: `exact` is Go's answer whether the product still fits an int64. */
export function mulQuantity(
  quantity: Quantity,
  factor: bigint | number,
): { readonly product: Quantity; readonly exact: boolean } {
  const unscaled = quantity.unscaled * BigInt(factor);
  const product = { ...withoutText(quantity), unscaled };
  if (!quantity.isInt64) return { product, exact: fitsInt64(unscaled) };
  if (isZero(quantity)) return { product, exact: true };
  if (unscaled === 0n) return { product: { ...product, exponent: 0 }, exact: true };
  const isInt64 = fitsInt64(unscaled) && fitsUnscaled(unscaled, quantity.exponent);
  return { product: { ...product, isInt64 }, exact: isInt64 || fitsInt64(unscaled) };
}

/** `RoundUp`: away from zero to whole 10^exponent units; `exact` when nothing was lost. */
export function roundUpQuantity(
  quantity: Quantity,
  exponent: number,
): { readonly rounded: Quantity; readonly exact: boolean } {
  if (quantity.isInt64 && quantity.exponent >= exponent) return { rounded: quantity, exact: true };
  const unscaled = rescaled(quantity, exponent);
  const rounded = { ...withoutText(quantity), unscaled, exponent };
  return { rounded, exact: cmpQuantity(rounded, quantity) === 0 };
}

/** The same amount counted in 10^exponent units, rounded away from zero where these are coarser. */
export function rescaled(
  { unscaled, exponent: from }: Pick<Quantity, "unscaled" | "exponent">,
  exponent: number,
): bigint {
  return from >= exponent
    ? unscaled * 10n ** BigInt(from - exponent)
    : roundedAway(unscaled, exponent - from);
}

/** Whether Go's int64 can hold it. */
export function fitsInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function withoutText({ unscaled, exponent, isInt64, format }: Quantity): Quantity {
  return { unscaled, exponent, isInt64, format };
}

function atOneExponent(
  a: Quantity,
  b: Quantity,
): { readonly left: bigint; readonly right: bigint; readonly exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return { left: rescaled(a, exponent), right: rescaled(b, exponent), exponent };
}

/** negativeScaleInt64 of math.go. */
function roundedAway(value: bigint, places: number): bigint {
  const size = value < 0n ? -value : value;
  if (places > size.toString().length) return BigInt(signOf(value));
  const unit = 10n ** BigInt(places);
  const up = (size + unit - 1n) / unit;
  return value < 0n ? -up : up;
}

/** positiveScaleInt64 of math.go; undefined on overflow. */
function scaledUpInt64(value: bigint, places: number): bigint | undefined {
  if (value === 0n) return 0n;
  if (places > 18) return undefined;
  const scaled = value * 10n ** BigInt(places);
  return fitsInt64(scaled) ? scaled : undefined;
}

/** What positiveScaleInt64 returns beside "overflow": these powers are one wrapping product. */
function overflowed(value: bigint, places: number): bigint {
  return [1, 2, 3, 6, 9].includes(places) ? BigInt.asIntN(64, value * 10n ** BigInt(places)) : 0n;
}

/** scaledValue of scale_int.go: wraps around, and rounds up in its own way below zero. */
function scaledDecimal(unscaled: bigint, coarserBy: number): bigint {
  const low = BigInt.asIntN(64, unscaled);
  if (coarserBy <= 0) return BigInt.asIntN(64, low * pow10Int64(-coarserBy));
  if (unscaled < maxInt64 && coarserBy < 19) {
    const unit = 10n ** BigInt(coarserBy);
    return low / unit + (low % unit === 0n ? 0n : 1n);
  }
  const unit = 10n ** BigInt(coarserBy);
  const remainder = ((unscaled % unit) + unit) % unit;
  const floor = (unscaled - remainder) / unit;
  return BigInt.asIntN(64, BigInt.asIntN(64, floor) + (remainder === 0n ? 0n : 1n));
}

/** `int64(math.Pow10(n))` on amd64, where a float that does not fit becomes the least int64. */
function pow10Int64(places: number): bigint {
  return places <= 18 ? 10n ** BigInt(places) : -(2n ** 63n);
}

/** Go's `math.Pow10`, which multiplies two table entries. */
function pow10Float64(exponent: number): number {
  if (exponent < -323) return 0;
  if (exponent > 308) return Infinity;
  const size = Math.abs(exponent);
  const fine = Number(`1e${size % 32}`);
  const rough = size - (size % 32);
  return exponent < 0 ? Number(`1e-${rough}`) / fine : Number(`1e${rough}`) * fine;
}

/** Mul of amount.go gives up the int64 form when the unscaled amount would not be exact in it. */
function fitsUnscaled(value: bigint, exponent: number): boolean {
  if (exponent >= 0) return scaledUpInt64(value, exponent) !== undefined;
  return roundedAway(value, -exponent) * 10n ** BigInt(-exponent) === value;
}

function signOf(value: bigint): -1 | 0 | 1 {
  if (value === 0n) return 0;
  return value < 0n ? -1 : 1;
}
