import type { QuantityText } from "./meta.ts";
import {
  cmpQuantity,
  fitsInt64,
  isZero,
  maxInt64,
  negQuantity,
  newQuantity,
  type Quantity,
  type QuantityFormat,
  quantitySign,
  rescaled,
  roundUpQuantity,
} from "./quantity.ts";

/** Why a text is no quantity, in Kubernetes' words. */
export interface QuantityError {
  readonly error: string;
}

/** `ParseQuantity`: blanks around the text are not allowed; a JSON number is read by its digits. */
export function parseQuantity(quantityText: QuantityText): Quantity | QuantityError {
  const text = String(quantityText);
  const match = text === "" ? null : grammar.exec(text);
  if (match === null) return { error: errFormatWrong };
  if (text === "0") return { ...newQuantity(0), text };
  const [, sign = "", digits = "", fraction = "", suffix = ""] = match;
  const unit = interpretSuffix(suffix);
  if (unit === undefined) return { error: errSuffix };
  const number = { sign, digits: digits.replace(/^0+/, "") || "0", fraction };
  const quick = parseInt64(number, unit, text);
  if (quick !== undefined) return quick;
  return digits + fraction === "" ? { error: errNumeric } : parseDecimal(number, unit);
}

/** `MustParse`, as objects that passed validation are read; blanks around are cut as JSON does. */
export function mustParse(text: QuantityText): Quantity {
  const known = knownTexts.get(text);
  if (known !== undefined) return known;
  const quantity = parseQuantity(String(text).trim());
  if ("error" in quantity) throw new Error(`cannot parse '${text}': ${quantity.error}`);
  if (knownTexts.size >= keptTexts) knownTexts.clear();
  knownTexts.set(text, quantity);
  return quantity;
}

/** A cluster names few amounts, and often. */
const knownTexts = new Map<QuantityText, Quantity>();
const keptTexts = 1_024;

/** `String`: the text it came from where Go keeps that, else the canonical form. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text;
  if (isZero(quantity)) return "0";
  return isBinaryForm(quantity) ? binaryForm(quantity) : decimalForm(quantity);
}

const errFormatWrong =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const errNumeric = "unable to parse numeric part of quantity";
const errSuffix = "unable to parse quantity's suffix";

/** What parseQuantityString scans: sign, digits, fraction, suffix; written to match in one pass. */
const grammar = /^([+-]?)([0-9]*)(?:\.([0-9]*))?((?:[eEinumkKMGTP]+[-+]?|[-+])[0-9]*)?$/;
const smallestExponent = -9; // nano
const maxInt64Digits = 18;
/** Go would reckon for hours with more; such a suffix is refused here. */
const maxExponent = 100_000;

const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"] as const;
const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;

interface Unit {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

interface NumberText {
  readonly sign: string;
  readonly digits: string;
  readonly fraction: string;
}

/** suffix.go. */
function interpretSuffix(suffix: string): Unit | undefined {
  const decimal = decimalSuffixes.findIndex((one) => one === suffix);
  if (decimal >= 0) return { base: 10, exponent: 3 * decimal - 9, format: "DecimalSI" };
  const binary = binarySuffixes.findIndex((one) => one === suffix);
  if (binary >= 0) return { base: 2, exponent: 10 * binary, format: "BinarySI" };
  const exponentText = /^[eE]([-+]?[0-9]+)$/.exec(suffix)?.[1];
  if (exponentText === undefined) return undefined;
  const parsed = BigInt(exponentText.replace("+", ""));
  const exponent = Number(BigInt.asIntN(32, parsed));
  if (!fitsInt64(parsed) || Math.abs(exponent) > maxExponent) return undefined;
  return { base: 10, exponent, format: "DecimalExponent" };
}

/** The fast path of ParseQuantity: the amount as an int64, its text kept if it looks canonical. */
function parseInt64(number: NumberText, unit: Unit, text: string): Quantity | undefined {
  const { digits, fraction } = number;
  const isBinary = unit.base === 2;
  const exponent = (isBinary ? 0 : unit.exponent) - fraction.length;
  if (spareDigits(number, unit) < 0 || exponent < smallestExponent) return undefined;
  const shifted = BigInt(digits + fraction);
  const size = isBinary ? shifted * 2n ** BigInt(unit.exponent) : shifted;
  if (!fitsInt64(size)) return undefined;
  const unscaled = number.sign === "-" ? -size : size;
  const quantity = newQuantity(unscaled, exponent, unit.format);
  const isCanonical = isBinary
    ? shifted % 8n !== 0n
    : exponent % 3 === 0 && !/^0|000$/.test(digits + fraction);
  return isCanonical ? { ...quantity, text } : quantity;
}

function spareDigits({ digits, fraction }: NumberText, { base, exponent }: Unit): number {
  if (base === 10) return maxInt64Digits - digits.length - fraction.length;
  return fraction === "" ? 15 - digits.length - Math.floor((exponent * 3) / 10) - 1 : -1;
}

/** The slow path: nothing finer than 1n, nothing binary beyond an int64. */
function parseDecimal({ sign, digits, fraction }: NumberText, unit: Unit): Quantity {
  const isBinary = unit.base === 2;
  const mantissa = BigInt(digits + fraction) * (isBinary ? 2n ** BigInt(unit.exponent) : 1n);
  const exponent = (isBinary ? 0 : unit.exponent) - fraction.length;
  const exact = { ...newQuantity(mantissa, exponent, unit.format), isInt64: false };
  const amount = isZero(exact) ? exact : roundUpQuantity(exact, smallestExponent).rounded;
  const capped = isBinary ? cappedBinary(amount) : amount;
  return sign === "-" ? { ...capped, unscaled: -capped.unscaled } : capped;
}

function cappedBinary(amount: Quantity): Quantity {
  const max = newQuantity(maxInt64);
  if (cmpQuantity(amount, max) > 0) return { ...amount, unscaled: maxInt64, exponent: 0 };
  const isFraction = !isZero(amount) && cmpQuantity(amount, newQuantity(1)) < 0;
  return isFraction ? { ...amount, format: "DecimalSI" } : amount;
}

/** Small amounts and fractions are written in decimal form even when they were read as binary. */
function isBinaryForm(quantity: Quantity): boolean {
  if (quantity.format !== "BinarySI") return false;
  const size = quantitySign(quantity) < 0 ? negQuantity(quantity) : quantity;
  return cmpQuantity(size, newQuantity(1024)) >= 0 && roundUpQuantity(quantity, 0).exact;
}

function binaryForm(whole: Quantity): string {
  const { amount, times } = withoutFactors(rescaled(whole, 0), 1024n);
  return `${amount}${binarySuffixes[times] ?? ""}`;
}

function decimalForm(quantity: Quantity): string {
  const { amount, times } = withoutFactors(quantity.unscaled, 10n);
  const exact = quantity.exponent + times;
  const exponent = Math.floor(exact / 3) * 3;
  const number = amount * 10n ** BigInt(exact - exponent);
  if (quantity.format === "DecimalExponent")
    return `${number}${exponent === 0 ? "" : `e${exponent}`}`;
  return `${number}${decimalSuffixes[(exponent - smallestExponent) / 3] ?? ""}`;
}

function withoutFactors(
  value: bigint,
  factor: bigint,
): { readonly amount: bigint; readonly times: number } {
  let [amount, times] = [value, 0];
  while (amount !== 0n && amount % factor === 0n) [amount, times] = [amount / factor, times + 1];
  return { amount, times };
}
