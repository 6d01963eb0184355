import { describe, expect, it } from "vitest";

import { ApiClient } from "../../support/api-client.ts";

const pods = "/api/v1/namespaces/default/pods";

/** A namespace where containers have between these amounts. */
function limited(): ApiClient {
  const client = new ApiClient();
  const container = {
    type: "Container",
    default: { cpu: "100m", memory: "32Mi" },
    defaultRequest: { cpu: "50m" },
    min: { cpu: "10m" },
    max: { cpu: "200m", memory: "64Mi" },
    maxLimitRequestRatio: { cpu: "4" },
  };
  const limits = [container, { type: "Pod", max: { cpu: "300m" } }];
  const object = {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "l" },
    spec: { limits },
  };
  client.ask("POST", "/api/v1/namespaces/default/limitranges", object);
  return client;
}

function pod(...resources: readonly object[]): object {
  const containers = resources.map((one, nth) => ({
    name: `c${nth}`,
    image: "web",
    resources: one,
  }));
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "n" }, spec: { containers } };
}

describe("a LimitRange", () => {
  it("fills in what containers do not say, and notes it", () => {
    const made = limited().ask("POST", pods, pod({}));
    expect(made).toMatchObject({
      metadata: {
        annotations: {
          "kubernetes.io/limit-ranger":
            "LimitRanger plugin set: cpu, memory request for container c0; cpu, memory limit for container c0",
        },
      },
      spec: {
        containers: [
          {
            resources: {
              limits: { cpu: "100m", memory: "32Mi" },
              requests: { cpu: "50m", memory: "32Mi" },
            },
          },
        ],
      },
    });
  });

  it.each([
    [
      "minimum cpu usage per Container is 10m, but request is 5m",
      [{ requests: { cpu: "5m" }, limits: { cpu: "20m", memory: "1Mi" } }],
    ],
    [
      "maximum cpu usage per Pod is 300m, but limit is 400m",
      [{ limits: { cpu: "200m", memory: "1Mi" } }, { limits: { cpu: "200m", memory: "1Mi" } }],
    ],
    [
      "[minimum cpu usage per Container is 10m, but request is 1m, maximum cpu usage per Container is 200m, but limit is 2, maximum memory usage per Container is 64Mi, but limit is 1Gi, cpu max limit to request ratio per Container is 4, but provided ratio is 2000.000000, maximum cpu usage per Pod is 300m, but limit is 2]",
      [{ requests: { cpu: "1m", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }],
    ],
  ])("refuses a pod: %s", (why, resources) => {
    const refused = limited().refused("POST", pods, pod(...resources));
    expect([refused.code, refused.message]).toEqual([403, `pods "n" is forbidden: ${why}`]);
  });
});
