import { describe, expect, it } from "vitest";

import { imageNameError, parseImageName } from "../../../machines/api/image-name.ts";

const sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("parseImageName", () => {
  it.each([
    ["nginx", "docker.io/library/nginx", "latest", ""],
    ["index.docker.io/nginx", "docker.io/library/nginx", "latest", ""],
    ["localhost/app:1", "localhost/app", "1", ""],
    ["localhost:5000", "docker.io/library/localhost", "5000", ""],
    ["reg:5000/team/app:v1", "reg:5000/team/app", "v1", ""],
    ["a_b.c/d", "a_b.c/d", "latest", ""],
    [`app:1@sha256:${sum}`, "docker.io/library/app", "1", `sha256:${sum}`],
    [`app@sha256:${sum}`, "docker.io/library/app", "", `sha256:${sum}`],
  ])("reads %s", (image, repository, tag, digest) => {
    expect(parseImageName(image)).toEqual({ repository, tag, digest });
  });
});

describe("imageNameError", () => {
  it.each([
    ["", "invalid reference format"],
    ["App", "invalid reference format: repository name (library/App) must be lowercase"],
    [sum, `invalid repository name (${sum}), cannot specify 64-byte hexadecimal strings`],
    [`r.example/${"a".repeat(256)}`, "repository name must not be more than 255 characters"],
    [`app@md5:${sum}`, "unsupported digest algorithm"],
    [`app@sha256:${sum}0`, "invalid checksum digest length"],
    [`app@sha256:${sum.toUpperCase()}`, "invalid checksum digest format"],
  ])("says why %s is no name", (image, error) => {
    expect(imageNameError(image)).toBe(error);
    expect(parseImageName(image)).toBeUndefined();
  });
});
