/**
 * `a * b / c` as Go reckons with int64: the product wraps around, the quotient is cut. All three
 * are whole; none may exceed 2^53.
 */
export function mulDiv(a: number, b: number, c: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product)) return Math.trunc(product / c);
  return Number(BigInt.asIntN(64, BigInt(a) * BigInt(b)) / BigInt(c));
}
