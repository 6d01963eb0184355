type Labels = Readonly<Record<string, string>>;

/** `a=1,b=2`, sorted by key; apimachinery pkg/labels FormatLabels. */
export function formatLabels(labels: Labels | undefined): string {
  return (
    sortedPairs(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(",") || "<none>"
  );
}

/** The pairs as kubectl lists them. */
export function sortedPairs(labels: Labels | undefined): readonly (readonly [string, string])[] {
  return Object.entries(labels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
