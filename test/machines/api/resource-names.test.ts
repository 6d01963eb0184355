import { expect, it } from "vitest";

import {
  isExtendedResourceName,
  isScalarResourceName,
} from "../../../machines/api/resource-names.ts";

it.each([
  ["example.com/gpu", true, true],
  ["cpu", false, false],
  ["storage", false, false],
  ["hugepages-2Mi", false, true],
  ["attachable-volumes-csi", false, true],
  ["kubernetes.io/x", false, true],
  ["requests.example.com/gpu", false, false],
  ["example.com/", false, false],
])("%s is extended: %s, scalar: %s", (name, isExtended, isScalar) => {
  expect(isExtendedResourceName(name)).toBe(isExtended);
  expect(isScalarResourceName(name)).toBe(isScalar);
});
