/** How wide a column is at least, and how far its longest cell keeps from the next column. */
export interface TabWidths {
  readonly minWidth: number;
  readonly padding: number;
}

/**
 * Text whose tabs have become columns: a column is as wide as its longest cell in consecutive lines
 * that have it; a line's last cell belongs to none. With `remembered` widths no column falls short
 * of them or of the columns above it, and the answer has them for the next text.
 * Source: Go's text/tabwriter and github.com/liggitt/tabwriter.
 */
export function alignTabs(
  text: string,
  { minWidth, padding }: TabWidths,
  remembered?: readonly number[],
): { readonly text: string; readonly widths: readonly number[] } {
  const { lines, ends } = cellsOf(text);
  const widest = [...(remembered ?? [])];
  const padded = lines.map((): number[] => []);
  for (const block of blocksOf(lines, ends)) {
    const cells = block.lines.map((at) => lengthOf(lines[at]?.[block.column] ?? ""));
    const longest = cells.reduce((most, length) => Math.max(most, length), 0);
    const width = Math.max(minWidth, longest + padding, widest[block.column] ?? 0);
    if (remembered !== undefined) widest[block.column] = width;
    for (const at of block.lines) padded[at]?.push(width);
  }
  const aligned = lines.map((cells, at) =>
    cells.map((cell, column) => padEnd(cell, padded[at]?.[column])).join(""),
  );
  return { text: aligned.join("\n"), widths: widest };
}

interface Cells {
  readonly lines: readonly (readonly string[])[];
  /** Lines after which all columns end, whatever follows. */
  readonly ends: ReadonlySet<number>;
}

function cellsOf(text: string): Cells {
  const parts = text.split(/([\n\f])/);
  const lines = parts.filter((_, at) => at % 2 === 0).map((line) => line.split(/[\t\v]/));
  const last = lines.at(-1);
  if (last !== undefined && last.length > 1 && last.at(-1) === "") last.pop();
  const breaks = parts.filter((_, at) => at % 2 === 1);
  return { lines, ends: new Set(breaks.flatMap((one, at) => (one === "\f" ? [at] : []))) };
}

interface Block {
  readonly column: number;
  readonly lines: readonly number[];
}

/** The runs of lines that share a column, column by column, so that widths are pushed in order. */
function blocksOf(lines: Cells["lines"], ends: Cells["ends"]): readonly Block[] {
  const blocks: { readonly column: number; readonly lines: number[] }[] = [];
  let members = lines.map((_, at) => at);
  for (let column = 0; members.length > 0; column++) {
    members = members.filter((at) => column < (lines[at]?.length ?? 0) - 1);
    for (const at of members) {
      const current = blocks.at(-1);
      const continues =
        current?.column === column && current.lines.at(-1) === at - 1 && !ends.has(at - 1);
      if (continues) current.lines.push(at);
      else blocks.push({ column, lines: [at] });
    }
  }
  return blocks;
}

/** Code points, as Go counts runes. */
function lengthOf(cell: string): number {
  return [...cell].length;
}

function padEnd(cell: string, width = 0): string {
  return cell + " ".repeat(Math.max(0, width - lengthOf(cell)));
}
