interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** The first place where two JSON values differ; key order is ignored, absent is not null. */
export function firstDifference(
  expected: unknown,
  got: unknown,
  path = "$",
): Difference | undefined {
  if (Object.is(expected, got)) return undefined;
  if (Array.isArray(expected) && Array.isArray(got)) {
    const length = Math.max(expected.length, got.length);
    for (let index = 0; index < length; index++) {
      const at = firstDifference(expected[index], got[index], `${path}[${index}]`);
      if (at !== undefined) return at;
    }
    return undefined;
  }
  if (isObject(expected) && isObject(got)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      const at = firstDifference(expected[key], got[key], `${path}.${key}`);
      if (at !== undefined) return at;
    }
    return undefined;
  }
  return { path, expected, got };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
