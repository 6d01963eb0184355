import { describe, expect, it } from "vitest";

import {
  applyDefaultImageTag,
  canonicalImage,
  parseImageNameError,
  repositoryOf,
} from "../../../machines/kubelet/image-reference.ts";

const digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("applyDefaultImageTag", () => {
  it.each([
    ["app", "app:latest"],
    ["app:1", "app:1"],
    ["reg:5000/app", "reg:5000/app:latest"],
    [`app@${digest}`, `app@${digest}`],
    ["App", undefined],
  ])("%s is asked for as %s", (image, expected) => {
    expect(applyDefaultImageTag(image)).toBe(expected);
  });
});

describe("parseImageNameError", () => {
  it("quotes the image as Go does", () => {
    expect(parseImageNameError('a"b')).toBe(
      `couldn't parse image name "a\\"b": invalid reference format`,
    );
    expect(parseImageNameError("app:1")).toBeUndefined();
  });
});

describe("canonicalImage", () => {
  it("is the same for all names of an image", () => {
    const names = ["nginx", "nginx:latest", "docker.io/nginx", "docker.io/library/nginx:latest"];
    expect(new Set(names.map(canonicalImage))).toEqual(new Set(["docker.io/library/nginx:latest"]));
    expect(canonicalImage(`nginx:1@${digest}`)).toBe(`docker.io/library/nginx@${digest}`);
    expect([canonicalImage("App"), repositoryOf("nginx:1")]).toEqual([
      "App",
      "docker.io/library/nginx",
    ]);
  });
});
