import { parseAst } from "rolldown/parseAst";

import { Edits } from "./edits.ts";
import type { Operator } from "./operators.ts";
import { childrenOf, nameOf, nodeOf, nodesIn, type TreeNode } from "./tree.ts";

/** A mistake in a function, which schemata make when its number is on. */
export interface CodeMutant {
  readonly operator: Operator;
  /** `getPhase: waiting > 0 && …` */
  readonly site: string;
  readonly id: number;
}

/** A module of which one text serves all of its mutants. */
export interface Schemata {
  readonly code: string;
  readonly mutants: readonly CodeMutant[];
}

/** Every operator at every site of the functions of a module; `first`: the number of the first. */
export function schemataOf(code: string, first: number): Schemata {
  const writer = new SchemataWriter(code, first);
  for (const node of nodesIn(parseAst(code).body)) writer.visit(node, { name: "", inside: false });
  return { code: writer.edits.applied(), mutants: writer.mutants };
}

/** The function around a node. */
interface Around {
  readonly name: string;
  readonly inside: boolean;
}

class SchemataWriter {
  readonly edits: Edits;
  readonly mutants: CodeMutant[] = [];
  readonly #code: string;
  readonly #first: number;

  constructor(code: string, first: number) {
    this.#code = code;
    this.#first = first;
    this.edits = new Edits(code);
  }

  visit(node: TreeNode, around: Around): void {
    if (isAssertion(node)) return;
    const within = aroundIn(node, around);
    if (within.inside) this.#mutate(node, within);
    for (const child of childrenOf(node)) this.visit(child, within);
  }

  #mutate(node: TreeNode, around: Around): void {
    const { type, fields } = node;
    switch (type) {
      case "IfStatement":
      case "ConditionalExpression":
        return this.#condition(nodeOf(fields["test"]), around);
      case "WhileStatement":
      case "ForStatement":
        return this.#wrap(nodeOf(fields["test"]), "loop", ["drop transition"], around);
      case "ReturnStatement":
        return this.#answer(nodeOf(fields["argument"]), around);
      case "ArrowFunctionExpression":
        return this.#answer(nodeOf(fields["body"]), around);
      case "LogicalExpression":
        return this.#logical(node, around);
      case "BinaryExpression":
        return this.#binary(node, around);
      case "ExpressionStatement":
        return this.#action(node, around);
      case "SwitchCase":
        return this.#wrap(nodeOf(fields["test"]), "case", ["drop transition"], around);
      case "BlockStatement":
        return this.#inOrder(nodesIn(fields["body"]), around);
    }
  }

  #condition(test: TreeNode | undefined, around: Around): void {
    this.#wrap(test, "is", ["flip guard", "drop guard", "drop transition"], around);
  }

  /** What a function says is yes or no. */
  #answer(value: TreeNode | undefined, around: Around): void {
    if (value !== undefined && isCondition(value)) this.#wrap(value, "not", ["flip guard"], around);
  }

  #logical(node: TreeNode, around: Around): void {
    const [left, right] = [nodeOf(node.fields["left"]), nodeOf(node.fields["right"])];
    const operator = node.fields["operator"];
    if (left === undefined || right === undefined || operator === "??") return;
    if (/\b(yield|await)\b/.test(this.#text(right))) return;
    const word = operator === "&&" ? "and" : "or";
    const id = this.#add(around, [
      ["drop guard", `without ${this.#told(right)}`],
      ["drop guard", `without ${this.#told(left)}`],
    ]);
    this.edits.around(node, `mutation.${word}(${id}, `, "))");
    this.edits.between(left, right, String(operator), ", () => (");
  }

  #binary(node: TreeNode, around: Around): void {
    const [left, right] = [nodeOf(node.fields["left"]), nodeOf(node.fields["right"])];
    const operator = String(node.fields["operator"]);
    if (left === undefined || right === undefined) return;
    for (const one of [left, right]) this.#number(one, node, around);
    if (!/^[<>]=?$/.test(operator)) return;
    const id = this.#add(around, [["off by one", this.#told(node)]]);
    this.edits.around(node, `mutation.compare(${id}, "${operator}", `, ")");
    this.edits.between(left, right, operator, ",");
  }

  #number(node: TreeNode, whole: TreeNode, around: Around): void {
    const { type, fields } = node;
    if (type !== "Literal" || !Number.isInteger(fields["value"])) return;
    const id = this.#add(around, [["off by one", `${this.#text(node)} in ${this.#told(whole)}`]]);
    this.edits.around(node, `mutation.number(${id}, `, ")");
  }

  /** A call whose result nobody wants, or a count. */
  #action(node: TreeNode, around: Around): void {
    const { type = "", fields = {} } = nodeOf(node.fields["expression"]) ?? {};
    const isCounting = type === "UpdateExpression" || fields["operator"] === "+=";
    const isCall = type === "CallExpression" && nodeOf(fields["callee"])?.type !== "Super";
    if (!isCounting && !isCall) return;
    const id = this.#add(around, [["drop action", this.#told(node)]]);
    this.edits.around(node, `{ if (!mutation.at(${id})) `, " }");
  }

  /** `if`s that follow each other and leave the function. */
  #inOrder(statements: readonly TreeNode[], around: Around): void {
    for (const [nth, one] of statements.entries()) {
      const [test, next] = [leavingTest(one), leavingTest(statements[nth + 1])];
      if (test === undefined || next === undefined) continue;
      const told = `${this.#told(test)} after ${this.#told(next)}`;
      const id = this.#add(around, [["swap branches", told]]);
      this.edits.around(test, `mutation.swap(${id}, `, `, () => (${this.#text(next)}))`);
    }
  }

  #wrap(
    node: TreeNode | undefined,
    word: string,
    operators: readonly Operator[],
    around: Around,
  ): void {
    if (node === undefined || node.type === "SequenceExpression") return;
    const told = this.#told(node);
    const id = this.#add(
      around,
      operators.map((operator) => [operator, told] as const),
    );
    this.edits.around(node, `mutation.${word}(${id}, `, ")");
  }

  /** The number of the first of them. */
  #add({ name }: Around, sites: readonly (readonly [Operator, string])[]): number {
    const id = this.#first + this.mutants.length;
    for (const [nth, [operator, told]] of sites.entries()) {
      this.mutants.push({ operator, site: `${name}: ${told}`, id: id + nth });
    }
    return id;
  }

  #text({ start, end }: TreeNode): string {
    return this.#code.slice(start, end);
  }

  #told(node: TreeNode): string {
    const text = this.#text(node).replaceAll(/\s+/g, " ");
    return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
  }
}

const functionTypes = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

function aroundIn({ type, fields }: TreeNode, around: Around): Around {
  const named = nameOf(fields["id"]) ?? nameOf(fields["key"]);
  const name = /^(FunctionDeclaration|VariableDeclarator|MethodDefinition)$/.test(type)
    ? named
    : undefined;
  const isOuter = around.name === "" || !around.inside;
  const inside = around.inside || functionTypes.test(type);
  return { name: isOuter ? (name ?? around.name) : around.name, inside };
}

/** Our own mistakes are no part of what is decided. */
function isAssertion({ type, fields }: TreeNode): boolean {
  return type === "CallExpression" && /^(assert|unreachable)$/.test(nameOf(fields["callee"]) ?? "");
}

function isCondition({ type, fields }: TreeNode): boolean {
  const operator = String(fields["operator"]);
  if (type === "UnaryExpression") return operator === "!";
  if (type === "LogicalExpression") return operator !== "??";
  return type === "BinaryExpression" && /^([<>]=?|[=!]==?)$/.test(operator);
}

/** The test of an `if` without `else` that returns. */
function leavingTest(node: TreeNode | undefined): TreeNode | undefined {
  if (node?.type !== "IfStatement" || nodeOf(node.fields["alternate"])) return undefined;
  const then = nodeOf(node.fields["consequent"]);
  const last = then?.type === "BlockStatement" ? nodesIn(then.fields["body"]).at(-1) : then;
  return last?.type === "ReturnStatement" ? nodeOf(node.fields["test"]) : undefined;
}
