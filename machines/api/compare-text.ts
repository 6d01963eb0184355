/** For sorting texts as Go does: by their letters' numbers, in no language's order. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
