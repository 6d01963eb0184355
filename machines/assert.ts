/** Our own bug, never a user's: `truth` says what must hold. */
export function assert(condition: boolean, truth: string): asserts condition {
  if (!condition) throw new Error(`kubechart bug: ${truth}`);
}

/** For the end of an exhaustive switch: the compiler proves that nobody gets here. */
export function unreachable(value: never): never {
  throw new Error(`kubechart bug: no case for ${JSON.stringify(value)}`);
}
