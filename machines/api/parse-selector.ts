import { isQualifiedName } from "./names.ts";
import { quote } from "./quote.ts";
import { aggregate, requirementErrors } from "./selector.ts";

/** One requirement of a selector that was given as text. */
export interface Requirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  /** Sorted, each once. */
  readonly values: readonly string[];
}

/** apimachinery pkg/selection/operator.go */
export type RequirementOperator = "=" | "==" | "!=" | "in" | "notin" | "exists" | "!" | "gt" | "lt";

export interface ParsedSelector {
  /** Sorted by key; none is everything. */
  readonly requirements: readonly Requirement[];
}

/** Why a text is no selector, in Kubernetes' words. */
export interface SelectorMistake {
  readonly error: string;
}

/** `app=web,tier in (front,back),!old`; apimachinery pkg/labels/selector.go Parse. */
export function parseSelector(text: string): ParsedSelector | SelectorMistake {
  const tokens = new Tokens(lex(text));
  const requirements: Requirement[] = [];
  while (tokens.next !== "") {
    if (!tokens.isIdentifier && tokens.next !== "!") {
      return { error: `found '${tokens.next}', expected: !, identifier, or 'end of string'` };
    }
    const requirement = parseRequirement(tokens);
    if ("error" in requirement) {
      return { error: `unable to parse requirement: ${requirement.error}` };
    }
    requirements.push(requirement);
    const after = tokens.take();
    if (after === "") break;
    if (after !== ",") return { error: `found '${after}', expected: ',' or 'end of string'` };
    if (!tokens.isIdentifier && tokens.next !== "!") {
      return { error: `found '${tokens.next}', expected: identifier after ','` };
    }
  }
  return {
    requirements: requirements.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))),
  };
}

function parseRequirement(tokens: Tokens): Requirement | SelectorMistake {
  const isAbsent = tokens.next === "!";
  if (isAbsent) tokens.take();
  if (!tokens.isIdentifier) return { error: `found '${tokens.next}', expected: identifier` };
  const key = tokens.take();
  const messages = isQualifiedName(key).join("; ");
  if (messages !== "") return { error: `<nil>: Invalid value: ${quote(key)}: ${messages}` };
  if (isAbsent) return { key, operator: "!", values: [] };
  if (tokens.next === "" || tokens.next === ",") return { key, operator: "exists", values: [] };
  const word = tokens.take();
  const operator = operators[word];
  if (operator === undefined) {
    return { error: `found '${word}', expected: in, notin, =, ==, !=, gt, lt` };
  }
  const isSet = operator === "in" || operator === "notin";
  const values = isSet ? parseValues(tokens) : parseExactValue(tokens);
  if ("error" in values) return values;
  return checked({ key, operator, values: [...new Set(values)].toSorted() });
}

const operators: Readonly<Record<string, RequirementOperator>> = {
  "=": "=",
  "==": "==",
  "!=": "!=",
  ">": "gt",
  "<": "lt",
  in: "in",
  notin: "notin",
};

/** NewRequirement; of several mistakes all are told. */
function checked(requirement: Requirement): Requirement | SelectorMistake {
  const { operator } = requirement;
  const rule = operator === "gt" || operator === "lt" ? "Gt" : "In";
  const error = aggregate(requirementErrors({ ...requirement, operator: rule }));
  return error === undefined ? requirement : { error };
}

/** `(a,b)`: between commas and in empty parentheses stands the empty value. */
function parseValues(tokens: Tokens): readonly string[] | SelectorMistake {
  const open = tokens.take();
  if (open !== "(") return { error: `found '${open}' expected: '('` };
  if (tokens.next === ")") {
    tokens.take();
    return [""];
  }
  if (!tokens.isIdentifier && tokens.next !== ",") {
    return { error: `found '${tokens.next}', expected: ',', ')' or identifier` };
  }
  const values: string[] = [];
  while (tokens.next !== ")") {
    const isIdentifier = tokens.isIdentifier;
    const word = tokens.take();
    if (isIdentifier) {
      values.push(word);
      if (tokens.next === ")" || tokens.next === ",") continue;
      return { error: `found '${tokens.next}', expected: ',' or ')'` };
    }
    if (word !== ",") return { error: `found '${word}', expected: ',', or identifier` };
    if (values.length === 0 || tokens.next === ")" || tokens.next === ",") values.push("");
  }
  tokens.take();
  return values;
}

function parseExactValue(tokens: Tokens): readonly string[] | SelectorMistake {
  if (tokens.next === "" || tokens.next === ",") return [""];
  const isIdentifier = tokens.isIdentifier;
  const word = tokens.take();
  return isIdentifier ? [word] : { error: `found '${word}', expected: identifier` };
}

/** What is still to be read; the empty text is the end. */
class Tokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get next(): string {
    return this.#tokens[this.#at] ?? "";
  }

  /** `in` and `notin` are identifiers where no operator can stand. */
  get isIdentifier(): boolean {
    return this.next !== "" && !/^[=!(),<>]/.test(this.next);
  }

  take(): string {
    const { next } = this;
    this.#at++;
    return next;
  }
}

/** Words and operators, the longest first; blanks part them. */
function lex(text: string): readonly string[] {
  return text.match(/==|!=|[=!(),<>]|[^=!(),<>\s]+/g) ?? [];
}
