import type { Runner } from "../../src/testkit/describe-system.ts";

/** A runner that keeps what it is given, and then tells what each test came to. */
export class Collected implements Runner {
  readonly names: string[] = [];
  readonly #tests: (readonly [name: string, body: () => Promise<void>])[] = [];

  describe = (name: string, body: () => void): void => {
    this.names.push(name);
    body();
  };

  test = (name: string, body: () => Promise<void>): void => {
    this.#tests.push([name, body]);
  };

  /** What the tests that fail say, by their names. */
  async failures(): Promise<readonly string[]> {
    const said: string[] = [];
    for (const [name, body] of this.#tests) {
      await body().catch((error: Error) => said.push(`${name}\n${error.message}`));
    }
    return said;
  }

  get count(): number {
    return this.#tests.length;
  }
}
