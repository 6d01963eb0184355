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
  grep: (text, words) => {
    const form = new RegExp(words.at(-1) ?? "");
    const lines = linesOf(text);
    const after = words.includes("-A") ? Number(words[words.indexOf("-A") + 1]) : 0;
    const found = lines.map((line) => form.test(line) !== words.includes("-v"));
    return joined(
      lines.filter((_, at) => found.slice(Math.max(0, at - after), at + 1).some(Boolean)),
    );
  },
  head: (text, [count = "-10"]) => joined(linesOf(text).slice(0, -Number(count))),
  tail: (text, [count = "-10"]) => joined(linesOf(text).slice(Number(count))),
};

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
