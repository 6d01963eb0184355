import { encode } from "../../../src/manifest/write.ts";
import { answerOf, createObject } from "../../support/created.ts";
import { withoutEmptyStructs } from "../../support/empty-structs.ts";

interface Input {
  readonly object: object;
}

/** What a POST makes of an object before it is stored. */
export function run({ object }: Input): unknown {
  const created = createObject(object);
  const answer = answerOf(created);
  if (created.errors.length > 0) return answer;
  return { ...answer, object: withoutEmptyStructs(encode(created.object)) };
}
