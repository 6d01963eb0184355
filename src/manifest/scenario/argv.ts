/** The words of a command line, or why it has none. */
export type Argv =
  | { readonly words: readonly string[] }
  | { readonly expected: string; readonly got: string };

/** Splits as a shell does: quotes, backslashes and blanks; what a shell would expand is refused. */
export function splitArgv(line: string): Argv {
  const words: string[] = [];
  let rest = line.trimStart();
  while (rest !== "") {
    let word = "";
    for (let piece = nextPiece(rest); piece !== undefined; piece = nextPiece(rest)) {
      if ("expected" in piece) return piece;
      word += piece.text;
      rest = rest.slice(piece.length);
    }
    words.push(word);
    rest = rest.trimStart();
  }
  return { words };
}

type Piece =
  | { readonly text: string; readonly length: number }
  | { readonly expected: string; readonly got: string };

/** The next quoted or unquoted part of a word; undefined at its end. */
function nextPiece(rest: string): Piece | undefined {
  const first = rest.charAt(0);
  if (first === "" || /\s/.test(first)) return undefined;
  if (first === "'") {
    const end = rest.indexOf("'", 1);
    if (end < 0) return { expected: "a ' that ends the quoted text", got: "the line's end" };
    return { text: rest.slice(1, end), length: end + 1 };
  }
  if (first === '"') return doubleQuoted(rest);
  if (first === "\\") return { text: rest.charAt(1), length: 2 };
  const plain = /^[^\s'"\\|&;<>`$()]+/.exec(rest)?.[0] ?? "";
  if (plain !== "") return { text: plain, length: plain.length };
  return { expected: "one command without a shell's operators", got: JSON.stringify(first) };
}

function doubleQuoted(rest: string): Piece {
  const match = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
  if (match === null) return { expected: 'a " that ends the quoted text', got: "the line's end" };
  const text = (match[1] ?? "").replaceAll(/\\(["\\$`])/g, "$1");
  return { text, length: match[0].length };
}
