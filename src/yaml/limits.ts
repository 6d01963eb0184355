import { CST, Lexer, LineCounter, Parser } from "yaml";

import type { Issue } from "./issue.ts";

/** What a YAML input may cost; all of it is checked before anything is expanded. */
export const yamlLimits = {
  /** 5 MB, in UTF-8. */
  bytes: 5_000_000,
  /** Lists and maps inside each other. */
  depth: 100,
  /** In the whole file; those inside an anchored node count again at each use of it. */
  aliases: 100,
} as const;

/** The tokens of a text and where its lines begin; no tokens when a limit was passed. */
export interface BoundedTokens {
  readonly tokens: readonly CST.Token[];
  readonly lines: LineCounter;
  readonly refusal?: Issue;
}

/** Reads no further than to the first limit that is passed. */
export function tokensWithinLimits(text: string, file: string): BoundedTokens {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const refuse = (limit: keyof typeof yamlLimits, offset: number): BoundedTokens => {
    return { tokens: [], lines, refusal: limitIssue(limit, file, lines, offset) };
  };
  if (text.length > yamlLimits.bytes || utf8Length(text) > yamlLimits.bytes) {
    return refuse("bytes", 0);
  }
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let aliases = 0;
  let before = "";
  for (const lexeme of new Lexer().lex(text)) {
    const { offset } = parser;
    if (before !== CST.SCALAR && lexeme.startsWith("*")) aliases += 1;
    if (aliases > yamlLimits.aliases) return refuse("aliases", offset);
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (isTooDeep(parser.stack)) return refuse("depth", offset);
    before = lexeme;
  }
  return { tokens: [...tokens, ...parser.end()], lines };
}

/** The refusal that names the limit. */
export function limitIssue(
  limit: keyof typeof yamlLimits,
  file: string,
  lines: LineCounter,
  offset: number,
): Issue {
  const { line, col: column } = lines.linePos(offset);
  return { file, line, column, path: "", expected: limitTexts[limit], got: "more" };
}

const limitTexts = {
  bytes: `a text within the limit of ${yamlLimits.bytes / 1_000_000} MB`,
  depth: `lists and maps within the depth limit of ${yamlLimits.depth}`,
  aliases: `aliases within the limit of ${yamlLimits.aliases}, counted as expanded`,
} as const;

/** The parser's stack holds the document and a scalar besides the open lists and maps. */
function isTooDeep(stack: readonly CST.Token[]): boolean {
  if (stack.length <= yamlLimits.depth) return false;
  return stack.filter((token) => nestingTokens.has(token.type)).length > yamlLimits.depth;
}

const nestingTokens = new Set(["block-map", "block-seq", "flow-collection"]);

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
