import { expect, it } from "vitest";

import { missingPackage } from "../../src/diagram/missing-package.ts";

const absent: string = "@kubechart/no-such-package";

it("what a picture needs and is not installed is named, with how to install it", async () => {
  const loaded = import(absent).catch(missingPackage("elkjs", "a layout of pictures"));
  await expect(loaded).rejects.toThrow(
    "a layout of pictures needs the package elkjs, which is not installed; npm install elkjs",
  );
});

it("another failure of a package is not taken for its absence", () => {
  const error = new Error("it is broken");
  expect(() => missingPackage("elkjs", "a layout")(error)).toThrow(error);
});
