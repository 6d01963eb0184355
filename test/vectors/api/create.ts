import { encode } from "../../../src/manifest/write.ts";
import { answerOf, createObject } from "../../support/created.ts";
import { withoutEmptyStructs } from "../../support/empty-structs.ts";

interface Input {
  readonly object: object;
  readonly uid: string;
}

/** Their uid is part of what they select. */
const showUid: readonly (string | undefined)[] = ["Job", "CronJob"];

/** What a POST makes of an object before it is stored. */
export function run({ object, uid }: Input): unknown {
  const created = createObject(object, uid);
  const answer = answerOf(created);
  if (created.errors.length > 0) return answer;
  const { uid: given, ...metadata } = created.object.metadata ?? {};
  const shown = showUid.includes(created.object.kind) ? { ...metadata, uid: given } : metadata;
  return { ...answer, object: withoutEmptyStructs(encode({ ...created.object, metadata: shown })) };
}
