import {
  addQuantity,
  asApproximateFloat64,
  asInt64,
  cmpQuantity,
  isZero,
  mulQuantity,
  negQuantity,
  newQuantity,
  type Quantity,
  type QuantityFormat,
  quantitySign,
  roundUpQuantity,
  scaledValue,
  subQuantity,
} from "../../../machines/api/quantity.ts";
import { formatQuantity, mustParse, parseQuantity } from "../../../machines/api/quantity-text.ts";

type QuantityInput =
  | { readonly op: "parse"; readonly a: string }
  | { readonly op: "binary"; readonly a: string; readonly b: string }
  | { readonly op: "mul"; readonly a: string; readonly n: number }
  | { readonly op: "new" | "newMilli"; readonly value: number; readonly format: QuantityFormat };

export function run(input: QuantityInput): unknown {
  switch (input.op) {
    case "parse": {
      const parsed = parseQuantity(input.a);
      return "error" in parsed ? parsed : described(parsed);
    }
    case "binary":
      return binary(mustParse(input.a), mustParse(input.b));
    case "mul": {
      const { product, exact } = mulQuantity(mustParse(input.a), input.n);
      return { exact, string: formatQuantity(product) };
    }
    case "new":
      return { string: formatQuantity(newQuantity(input.value, 0, input.format)) };
    case "newMilli":
      return { string: formatQuantity(newQuantity(input.value, -3, input.format)) };
  }
}

function described(quantity: Quantity): object {
  const { rounded, exact } = roundUpQuantity(quantity, 0);
  const whole = asInt64(quantity);
  return {
    approximateFloat64: asApproximateFloat64(quantity),
    asInt64: whole === null ? null : String(whole),
    format: quantity.format,
    isZero: isZero(quantity),
    json: JSON.stringify(formatQuantity(quantity)),
    milliValue: String(scaledValue(quantity, -3)),
    neg: formatQuantity(negQuantity(quantity)),
    roundUp0: { exact, string: formatQuantity(rounded) },
    scaledKilo: String(scaledValue(quantity, 3)),
    scaledMicro: String(scaledValue(quantity, -6)),
    sign: quantitySign(quantity),
    string: formatQuantity(quantity),
    value: String(scaledValue(quantity, 0)),
  };
}

function binary(a: Quantity, b: Quantity): object {
  const sum = addQuantity(a, b);
  return {
    add: formatQuantity(sum),
    addMilli: String(scaledValue(sum, -3)),
    addValue: String(scaledValue(sum, 0)),
    cmp: cmpQuantity(a, b),
    equal: cmpQuantity(a, b) === 0,
    sub: formatQuantity(subQuantity(a, b)),
  };
}
