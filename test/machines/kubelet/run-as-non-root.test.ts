import { describe, expect, it } from "vitest";

import { verifyRunAsNonRoot } from "../../../machines/kubelet/run-as-non-root.ts";

const metadata = { name: "web", namespace: "default", uid: "u" };
const whose = '(pod: "web_default(u)", container: app)';
const image = "container has runAsNonRoot and image";

describe("verifyRunAsNonRoot", () => {
  it.each([
    [{}, {}, 0, undefined],
    [{ runAsNonRoot: true }, {}, 0, `${image} will run as root ${whose}`],
    [{ runAsNonRoot: true }, {}, undefined, `${image} will run as root ${whose}`],
    [{ runAsNonRoot: true }, {}, 1000, undefined],
    [{ runAsNonRoot: true }, { runAsNonRoot: false }, 0, undefined],
    [{ runAsUser: 1000 }, { runAsNonRoot: true }, 0, undefined],
    [
      { runAsNonRoot: true },
      { runAsUser: 0 },
      1000,
      `container's runAsUser breaks non-root policy ${whose}`,
    ],
    [
      { runAsNonRoot: true },
      {},
      "nginx",
      `${image} has non-numeric user (nginx), cannot verify user is non-root ${whose}`,
    ],
    [
      { runAsNonRoot: true },
      {},
      2 ** 31,
      `${image} has an invalid user id (2147483648). (Must be 1-(2147483647)): must be between 0 and 2147483647, inclusive ${whose}`,
    ],
  ])("of a pod with %o, a container with %o and user %s is %s", (spec, own, user, expected) => {
    const pod = { metadata, spec: { securityContext: spec } };
    expect(verifyRunAsNonRoot(pod, { name: "app", securityContext: own }, user)).toBe(expected);
  });
});
