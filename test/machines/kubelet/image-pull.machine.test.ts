import { describe, expect, it } from "vitest";

import { imageBackOffLimits } from "../../../machines/kubelet/image-back-off.ts";
import { type Ask, type ImageService, PullingNode } from "../../support/pulls.ts";

const app: Ask = { podUID: "u1", image: "app:1", imagePullPolicy: "IfNotPresent" };
const fails = { error: "no", durationMs: 1_000 };
const succeeds = { durationMs: 1_000, sizeBytes: 5 };

function nodeWith(service: Partial<ImageService>): PullingNode {
  return new PullingNode({
    presentImages: [],
    pulls: [succeeds],
    presence: "accessible",
    backOff: imageBackOffLimits,
    limits: { slots: 1, refillMs: 0, burst: 10 },
    ...service,
  });
}

function outcomes(node: PullingNode, ask: Ask, ...timesMs: readonly number[]): readonly unknown[] {
  return timesMs.map((atMs) => {
    const { event } = node.ask(atMs, ask);
    return event["reason"] ?? event["source"];
  });
}

describe("imagePull", () => {
  it("pulls what is absent, and then uses what is there", () => {
    expect(outcomes(nodeWith({}), app, 0, 5_000)).toEqual(["registry", "accessible"]);
  });

  it("refuses inside the window, which counts from the end of the failed pull", () => {
    const node = nodeWith({ pulls: [fails] });
    expect(outcomes(node, app, 0, 10_999, 11_000, 31_999, 32_000)).toEqual([
      "ErrImagePull",
      "ImagePullBackOff",
      "ErrImagePull",
      "ImagePullBackOff",
      "ErrImagePull",
    ]);
  });

  it("says what failed before while it backs off", () => {
    const node = nodeWith({ pulls: [fails] });
    node.ask(0, app);
    const { detail, said } = node.ask(2_000, app);
    expect(detail["message"]).toBe('Back-off pulling image "app:1": ErrImagePull: no');
    expect(said.map(({ message }) => message)).toEqual(['Back-off pulling image "app:1"']);
  });

  it("keeps the back-off of a failure through a success", () => {
    const always: Ask = { ...app, imagePullPolicy: "Always" };
    const node = nodeWith({ pulls: [fails, succeeds, fails] });
    expect(outcomes(node, always, 0, 20_000, 40_000, 60_999, 61_000)).toEqual([
      "ErrImagePull",
      "registry",
      "ErrImagePull",
      "ImagePullBackOff",
      "ErrImagePull",
    ]);
  });

  it.each([
    [600_000, "ImagePullBackOff"],
    [600_001, "ErrImagePull"],
  ])("after %i quiet ms another failure is followed by %s", (atMs, next) => {
    const node = nodeWith({ pulls: [{ ...fails, durationMs: 0 }] });
    expect(outcomes(node, app, 0, atMs, atMs + 10_000)).toEqual([
      "ErrImagePull",
      "ErrImagePull",
      next,
    ]);
  });

  it("uses an image that has come meanwhile, whatever failed before", () => {
    const node = nodeWith({ pulls: [fails, succeeds] });
    expect(outcomes(node, app, 0)).toEqual(["ErrImagePull"]);
    expect(outcomes(node, { ...app, podUID: "u2" }, 2_000)).toEqual(["registry"]);
    expect(outcomes(node, app, 5_000)).toEqual(["accessible"]);
  });

  it("has a back-off for each pod and each way to write the image", () => {
    const node = nodeWith({ pulls: [fails] });
    const asks = [app, { ...app, podUID: "u2" }, { ...app, image: "docker.io/app:1" }];
    expect(asks.flatMap((ask) => outcomes(node, ask, 0))).toEqual(asks.map(() => "ErrImagePull"));
  });

  it.each([
    [{ imageStatusError: "no runtime" }, app, "ImageInspectError", "InspectFailed"],
    [{}, { ...app, imagePullPolicy: "Never" }, "ErrImageNeverPull", "ErrImageNeverPull"],
    [{}, { ...app, image: "App" }, "InvalidImageName", "InspectFailed"],
  ] as const)("refuses with %j", (service, ask, reason, event) => {
    const answer = nodeWith(service).ask(0, ask);
    expect(answer.event["reason"]).toBe(reason);
    expect(answer.said.map((one) => [one.type, one.reason])).toEqual([["Warning", event]]);
  });

  it("treats a throttled pull as a failed one", () => {
    const node = nodeWith({ limits: { slots: 1, refillMs: 10_000, burst: 1 } });
    const [, second] = ["u1", "u2"].map((podUID) => node.ask(0, { ...app, podUID, image: podUID }));
    expect(second?.detail["message"]).toBe("pull QPS exceeded");
    expect(second?.calls).toEqual(["ImageStatus u2:latest"]);
    expect(node.ask(10_000, { ...app, podUID: "u3", image: "u3" }).event.type).toBe(
      "image.ensured",
    );
  });
});
