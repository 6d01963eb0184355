/**
 * As Go's sort.Sort orders a short list: by insertion, which shows where a comparison is no total
 * order. A longer one is sorted by any rule, since only such comparisons tell the difference.
 */
export function goSorted<Element>(
  elements: readonly Element[],
  compare: (a: Element, b: Element) => number,
): readonly Element[] {
  if (elements.length > insertionMax) return elements.toSorted(compare);
  const sorted: Element[] = [];
  for (const element of elements) {
    let at = sorted.length;
    for (; at > 0; at--) {
      const before = sorted[at - 1];
      if (before === undefined || compare(element, before) >= 0) break;
    }
    sorted.splice(at, 0, element);
  }
  return sorted;
}

/** sort/zsortinterface.go pdqsort maxInsertion */
const insertionMax = 12;
