import { describe, expect, it } from "vitest";

import {
  mustAttemptImagePull,
  recordImagePulled,
} from "../../../machines/kubelet/pulled-record.ts";

const image = { name: "app:1", repository: "docker.io/library/app" };
const pull = { uid: "u1", namespace: "default", name: "pull", login: "user:secret" };
const byPull = recordImagePulled(undefined, image.repository, pull);
const isBeingPulled = false;

describe("mustAttemptImagePull", () => {
  it("leaves an image alone that came with the node", () => {
    expect(mustAttemptImagePull(image, { record: undefined, isBeingPulled }, [])).toBe(false);
  });

  it("checks one that is being pulled for another pod", () => {
    expect(mustAttemptImagePull(image, { record: undefined, isBeingPulled: true }, [])).toBe(true);
  });

  it.each([
    ["the Secret of the pull", [pull], false],
    ["another Secret with the same login", [{ ...pull, uid: "u2", name: "copy" }], false],
    ["the Secret with a new login", [{ ...pull, login: "user:new" }], false],
    ["another Secret", [{ ...pull, uid: "u2", name: "other", login: "me:other" }], true],
    ["no Secret", [], true],
  ])("an image pulled with credentials, now with %s", (_, credentials, expected) => {
    expect(mustAttemptImagePull(image, { record: byPull, isBeingPulled }, credentials)).toBe(
      expected,
    );
  });

  it("opens an image to all once it was pulled without credentials", () => {
    const record = recordImagePulled(byPull, image.repository, undefined);
    expect(mustAttemptImagePull(image, { record, isBeingPulled }, [])).toBe(false);
    expect(recordImagePulled(record, image.repository, pull)).toBe(record);
  });

  it.each([
    ["NeverVerify", [], false],
    ["AlwaysVerify", [], true],
    ["NeverVerifyAllowlistedImages", [], true],
    ["NeverVerifyAllowlistedImages", ["app:1"], false],
    ["NeverVerifyAllowlistedImages", ["app:1/*"], true],
  ] as const)("follows the policy %s with %j", (policy, allowlist, expected) => {
    const configuration = {
      imagePullCredentialsVerificationPolicy: policy,
      preloadedImagesVerificationAllowlist: allowlist,
    };
    const check = { configuration, record: undefined, isBeingPulled };
    expect(mustAttemptImagePull(image, check, [])).toBe(expected);
  });
});
