import { answerOf, createObject } from "../../support/created.ts";

interface Input {
  readonly object: object;
}

/** What the API server answers to a POST. */
export function run({ object }: Input): unknown {
  return answerOf(createObject(object));
}
