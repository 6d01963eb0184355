import { answerOf, createObject, updateAnswerOf, updateObject } from "../../support/created.ts";

interface Input {
  readonly op: "create" | "update";
  readonly object: object;
  readonly old?: object;
}

/** What the API server answers to a POST, or to a PUT over `old`. */
export function run({ op, object, old = {} }: Input): unknown {
  return op === "create"
    ? answerOf(createObject(object))
    : updateAnswerOf(updateObject(object, old));
}
