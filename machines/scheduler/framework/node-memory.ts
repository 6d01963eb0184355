/**
 * What was found out of a node as it is, by signature: an answer that follows from the node's info
 * and from the signature alone need not be found again for the next pod that asks the same. A node
 * that changes has another info, and with it a memory of nothing.
 */
export class NodeMemory<Answer> {
  /** A copy of an info that was changed by hand has the memory of another one, and no use of it. */
  #owner: object | undefined;
  #signature = "";
  #answer: Answer | undefined;
  #older: Map<string, Answer> | undefined;

  get(nodeInfo: object, signature: string): Answer | undefined {
    if (this.#owner !== nodeInfo) return undefined;
    if (this.#signature === signature) return this.#answer;
    return this.#older?.get(signature);
  }

  set(nodeInfo: object, signature: string, answer: Answer): void {
    this.#owner ??= nodeInfo;
    if (this.#owner !== nodeInfo) return;
    if (this.#answer !== undefined) {
      this.#older ??= new Map();
      if (this.#older.size >= keptAnswers) this.#older.clear();
      this.#older.set(this.#signature, this.#answer);
    }
    this.#signature = signature;
    this.#answer = answer;
  }
}

/** What the scorers that look at nothing but the node say of it. */
export interface LocalScores {
  /** In their order. */
  readonly raw: readonly number[];
  /** The weighted sum of those that nobody normalizes; NaN when one is out of range. */
  readonly settled: number;
}

/** One text for all equal ones, so that they are compared at a glance. */
export function signatureOf(parts: readonly string[]): string {
  const signature = parts.join("\n");
  const known = signatures.get(signature);
  if (known !== undefined) return known;
  if (signatures.size >= keptSignatures) signatures.clear();
  signatures.set(signature, signature);
  return signature;
}

const signatures = new Map<string, string>();
const keptSignatures = 1_024;
/** Of a node at once: pods come in waves of few templates. */
const keptAnswers = 8;
