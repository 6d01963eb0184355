/** A node of the syntax tree of a JavaScript module. */
export interface TreeNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function nodeOf(value: unknown): TreeNode | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { type, start, end } = fields;
  if (typeof type !== "string" || typeof start !== "number" || typeof end !== "number") {
    return undefined;
  }
  return { type, start, end, fields };
}

/** The nodes of a field, whether it holds one or a list. */
export function nodesIn(value: unknown): readonly TreeNode[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((one) => nodeOf(one) ?? []);
}

export function childrenOf({ fields }: TreeNode): readonly TreeNode[] {
  return Object.values(fields).flatMap(nodesIn);
}

/** The name of an identifier or of a key. */
export function nameOf(value: unknown): string | undefined {
  const name = nodeOf(value)?.fields["name"];
  return typeof name === "string" ? name : undefined;
}
