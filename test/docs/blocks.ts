/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The file that it is, when the line above says so: `` `web.yaml` `` or `` `web.yaml`: … ``. */
  readonly file: string | undefined;
  /** The last line of text above it. */
  readonly intro: string;
  /** Of its first line in the page, from 1. */
  readonly line: number;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  const found = page.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...found].map(({ index, 1: language = "", 2: text = "" }) => {
    const above = page.slice(0, index).trimEnd().split("\n");
    const intro = above.at(-1) ?? "";
    const [, file] = /^`([\w./-]+\.\w+)`(?::.*)?$/.exec(intro) ?? [];
    return { language, text, file, intro, line: page.slice(0, index).split("\n").length };
  });
}

/** A picture that a page shows, and the command above it that paints it. */
export interface Picture {
  readonly command: string;
  /** As the page links to it. */
  readonly file: string;
}

/** `` … as `kubechart run pod.yaml -o svg` paints it: `` and the picture. */
export function picturesOf(page: string): readonly Picture[] {
  const form = /`(kubechart [^`]+)`[^`\n]*(?:`[^`\n]*`[^`\n]*)*\n\n!\[[^\]]*\]\(([^)]+\.svg)\)/g;
  return [...page.matchAll(form)].map(([, command = "", file = ""]) => ({ command, file }));
}

/** A line of a shell and what it prints. */
export interface Exchange {
  readonly command: string;
  readonly printed: string;
  /** `# exits 1` behind the command says so. */
  readonly code: number;
}

/** The commands of a `console` block. */
export function exchangesOf({ text }: Pick<Block, "text">): readonly Exchange[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [line = ""] = part.split("\n", 1);
      const [, command = "", code] = /^(.*?)(?:\s+# exits (\d))?$/.exec(line) ?? [];
      return { command, code: Number(code ?? 0), printed: part.slice(line.length + 1) };
    });
}

/** The words of a command; quotes hold some together. */
export function wordsOf(command: string): readonly string[] {
  const words = command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g);
  return [...words].map(([, single, double, plain]) => single ?? double ?? plain ?? "");
}

/** Whether that was printed; a line `…` stands for any lines. */
export function isPrinted(expected: string, printed: string): boolean {
  const parts = expected.trimEnd().split(/^…$/m);
  const form = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("[\\s\\S]*?");
  return new RegExp(`^${form}$`).test(printed.trimEnd());
}
