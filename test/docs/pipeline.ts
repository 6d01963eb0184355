/** What a shell's `| grep …`, `| head -n` and `| tail -n` do to a text; each part is its words. */
export function piped(text: string, parts: readonly (readonly string[])[]): string {
  return parts.reduce((lines, [name = "", ...words]) => {
    const filter = filters[name];
    if (filter === undefined) throw new Error(`a page pipes into ${name}, which is not known`);
    return filter(lines, words);
  }, text);
}

type Filter = (text: string, words: readonly string[]) => string;

const filters: Readonly<Record<string, Filter>> = {
  grep: (text, words) => grepped(linesOf(text), words),
  head: (text, [count = "-10"]) => joined(linesOf(text).slice(0, -Number(count))),
  tail: (text, [count = "-10"]) => joined(linesOf(text).slice(Number(count))),
};

/** As grep prints it, with a line of its own between groups that do not touch. */
function grepped(lines: readonly string[], words: readonly string[]): string {
  const { before, after, isInverted } = optionsOf(words.slice(0, -1));
  const form = new RegExp(words.at(-1) ?? "");
  const found = lines.map((line) => form.test(line) !== isInverted);
  const isShown = lines.map((_, at) => {
    return found.slice(Math.max(0, at - after), at + before + 1).some(Boolean);
  });
  const shown = lines.flatMap((line, at) => {
    if (isShown[at] !== true) return [];
    const isApart = at > 0 && isShown[at - 1] !== true && isShown.slice(0, at).includes(true);
    return before + after > 0 && isApart ? ["--", line] : [line];
  });
  return joined(shown);
}

function optionsOf(words: readonly string[]) {
  const options = { before: 0, after: 0, isInverted: false };
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === "-v") options.isInverted = true;
    else if (word === "-A") options.after = Number(words[++at]);
    else if (word === "-B") options.before = Number(words[++at]);
    else if (word !== "-E") throw new Error(`a page gives grep ${word}, which is not known`);
  }
  return options;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
