import { describe, expect, it } from "vitest";

import { parseImageName } from "../../../machines/api/image-name.ts";

const sum = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("the name of an image", () => {
  it.each([
    ["nginx", "docker.io/library/nginx", "latest"],
    ["a/b:1", "docker.io/a/b", "1"],
    ["localhost/a", "localhost/a", "latest"],
    ["reg:5000/a", "reg:5000/a", "latest"],
    ["index.docker.io/a", "docker.io/library/a", "latest"],
    [`a@${sum}`, "docker.io/library/a", ""],
    [`a:latest@${sum}`, "docker.io/library/a", "latest"],
  ])("%s is of the repository %s", (image, repository, tag) => {
    expect(parseImageName(image)).toMatchObject({ repository, tag });
  });

  it.each(["", "A", "a b", "a:", "a@sha256:1", "f".repeat(64)])("is not %j", (image) => {
    expect(parseImageName(image)).toBeUndefined();
  });
});
