/** How a text is set: its size in px, and whether it is bold. */
export interface Typeface {
  readonly sizePx: number;
  readonly isBold?: boolean;
}

/** In px, as Helvetica, Arial and Liberation Sans set it: these share their widths. */
export function textWidth(text: string, { sizePx, isBold = false }: Typeface): number {
  const widths = isBold ? boldWidths : regularWidths;
  let width = 0;
  for (const sign of text) width += widths.get(sign) ?? widestSign;
  return (width * sizePx) / 1000;
}

/** In thousandths of the size; what the table lacks is taken to be as wide as it is high. */
const widestSign = 1000;

/** From the space to the tilde, in the order of ASCII. */
const regularWidths = widthsOf(`
278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278
556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556
1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778
667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556
333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556
556 556 333 500 278 556 500 722 500 500 500 334 260 334 584`);

const boldWidths = widthsOf(`
278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278
556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611
975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778
667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556
333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611
611 611 389 556 333 611 556 778 556 556 500 389 280 389 584`);

function widthsOf(table: string): ReadonlyMap<string, number> {
  const widths = table.trim().split(/\s+/).map(Number);
  return new Map(widths.map((width, index) => [String.fromCharCode(32 + index), width]));
}

/** Words in lines of at most this many letters; a longer word has a line of its own. */
export function wrapped(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
