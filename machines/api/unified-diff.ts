/**
 * What differs between two texts, with three lines around each change and without the names of
 * files; empty where nothing does. github.com/pmezard/go-difflib GetUnifiedDiffString
 */
export function unifiedDiff(before: string, after: string): string {
  const [a, b] = [before.split("\n"), after.split("\n")];
  return groupsOf(opcodesOf(a, b))
    .map((group) => hunk(group, a, b))
    .join("");
}

/** Lines `a1` to `a2` of the first become `b1` to `b2` of the second. */
interface Opcode {
  readonly isEqual: boolean;
  readonly a1: number;
  readonly a2: number;
  readonly b1: number;
  readonly b2: number;
}

function hunk(group: readonly Opcode[], a: readonly string[], b: readonly string[]): string {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return "";
  const ranges = `-${rangeText(first.a1, last.a2)} +${rangeText(first.b1, last.b2)}`;
  const lines = group.flatMap(({ isEqual, a1, a2, b1, b2 }) => {
    const old = a.slice(a1, a2);
    if (isEqual) return old.map((line) => ` ${line}`);
    return [...old.map((line) => `-${line}`), ...b.slice(b1, b2).map((line) => `+${line}`)];
  });
  return [`@@ ${ranges} @@`, ...lines, ""].join("\n");
}

/** formatRangeUnified */
function rangeText(start: number, stop: number): string {
  const length = stop - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

const context = 3;

/** Changes that are near each other stand together. SequenceMatcher.GetGroupedOpCodes */
function groupsOf(codes: readonly Opcode[]): readonly (readonly Opcode[])[] {
  const groups: Opcode[][] = [];
  let group: Opcode[] = [];
  for (const [index, code] of codes.entries()) {
    const { isEqual, a1, a2, b1, b2 } = code;
    const [isFirst, isLast] = [index === 0, index === codes.length - 1];
    if (!isEqual) group.push(code);
    else if (isFirst)
      group.push({ ...code, a1: Math.max(a1, a2 - context), b1: Math.max(b1, b2 - context) });
    else if (isLast || a2 - a1 > context * 2) {
      group.push({ ...code, a2: Math.min(a2, a1 + context), b2: Math.min(b2, b1 + context) });
      groups.push(group);
      group = isLast ? [] : [{ ...code, a1: a2 - context, b1: b2 - context }];
    } else group.push(code);
  }
  if (group.some(({ isEqual }) => !isEqual)) groups.push(group);
  return groups.filter((one) => one.some(({ isEqual }) => !isEqual));
}

/** SequenceMatcher.GetOpCodes */
function opcodesOf(a: readonly string[], b: readonly string[]): readonly Opcode[] {
  const codes: Opcode[] = [];
  let [i, j] = [0, 0];
  const blocks = [...matchesOf(a, b, [0, a.length, 0, b.length]), [a.length, b.length, 0] as const];
  for (const [ai, bj, size] of merged(blocks)) {
    if (i < ai || j < bj) codes.push({ isEqual: false, a1: i, a2: ai, b1: j, b2: bj });
    [i, j] = [ai + size, bj + size];
    if (size > 0) codes.push({ isEqual: true, a1: ai, a2: i, b1: bj, b2: j });
  }
  return codes;
}

type Block = readonly [a: number, b: number, size: number];
type Window = readonly [a1: number, a2: number, b1: number, b2: number];

/** Blocks that follow each other are one. */
function merged(blocks: readonly Block[]): readonly Block[] {
  const all: Block[] = [];
  for (const [a, b, size] of blocks) {
    const last = all.at(-1);
    const follows = last !== undefined && last[0] + last[2] === a && last[1] + last[2] === b;
    if (follows && size > 0) all[all.length - 1] = [last[0], last[1], last[2] + size];
    else all.push([a, b, size]);
  }
  return all;
}

/** The longest run of equal lines, and the same before and behind it. findLongestMatch */
function matchesOf(a: readonly string[], b: readonly string[], window: Window): readonly Block[] {
  const [a1, a2, b1, b2] = window;
  const [i, j, size] = longest(a, b, window);
  if (size === 0) return [];
  return [
    ...matchesOf(a, b, [a1, i, b1, j]),
    [i, j, size],
    ...matchesOf(a, b, [i + size, a2, j + size, b2]),
  ];
}

function longest(a: readonly string[], b: readonly string[], [a1, a2, b1, b2]: Window): Block {
  let best: Block = [a1, b1, 0];
  let before = new Map<number, number>();
  for (let i = a1; i < a2; i++) {
    const lengths = new Map<number, number>();
    for (let j = b1; j < b2; j++) {
      if (a[i] !== b[j]) continue;
      const size = (before.get(j - 1) ?? 0) + 1;
      lengths.set(j, size);
      if (size > best[2]) best = [i - size + 1, j - size + 1, size];
    }
    before = lengths;
  }
  return best;
}
