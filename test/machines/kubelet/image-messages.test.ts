import { describe, expect, it } from "vitest";

import {
  alreadyPresent,
  backOffPulling,
  evalCRIPullErr,
  inspectionFailed,
  pulled,
} from "../../../machines/kubelet/image-messages.ts";

describe("evalCRIPullErr", () => {
  it.each([
    ["timeout", "ErrImagePull", "timeout"],
    [
      "RegistryUnavailable: 503",
      "RegistryUnavailable",
      "image pull failed for app:1 because the registry is unavailable: 503",
    ],
    [
      "SignatureValidationFailed",
      "SignatureValidationFailed",
      "image pull failed for app:1 because the signature validation failed",
    ],
    ["rpc error: RegistryUnavailable", "ErrImagePull", "rpc error: RegistryUnavailable"],
  ])("makes of %s the reason %s", (error, reason, message) => {
    expect(evalCRIPullErr("app:1", error)).toEqual({ reason, message });
  });
});

describe("the sentences about images", () => {
  it("are the kubelet's", () => {
    const times = { pullMs: 1_234, totalMs: 65_000, sizeBytes: 5 };
    expect(pulled("app", times)).toBe(
      'Successfully pulled image "app" in 1.234s (1m5s including waiting). Image size: 5 bytes.',
    );
    expect(alreadyPresent("app", false)).toBe('Container image "app" already present on machine');
    expect(inspectionFailed("no")).toBe('Failed to inspect image "": no');
    expect(backOffPulling("app", "ErrImagePull: no")).toBe(
      'Back-off pulling image "app": ErrImagePull: no',
    );
  });
});
