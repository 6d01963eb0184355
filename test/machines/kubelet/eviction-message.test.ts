import { describe, expect, it } from "vitest";

import { newQuantity } from "../../../machines/api/quantity.ts";
import { evictionMessage } from "../../../machines/kubelet/eviction-message.ts";

const metadata = { name: "web" };
const podRef = { name: "web", namespace: "default", uid: "u" };
const mi = 2 ** 20;
const stats = { podRef, containers: [{ name: "app", memory: { workingSetBytes: 500 * mi } }] };
const memory = {
  available: newQuantity(88_736 * 1_024, 0, "BinarySI"),
  capacity: newQuantity(2 ** 30, 0, "BinarySI"),
};
const met = { signal: "memory.available", value: { percentage: 0.125 } } as const;

function say(requests: Readonly<Record<string, string>>, podRequests?: typeof requests) {
  const containers = [{ name: "app", resources: { requests } }];
  const spec = podRequests ? { containers, resources: { requests: podRequests } } : { containers };
  const podStats = { ...stats, memory: { workingSetBytes: 501 * mi } };
  const observations = { "memory.available": memory };
  return evictionMessage("memory", { metadata, spec }, podStats, [met], observations);
}

describe("evictionMessage", () => {
  it("names the starved resource, the threshold and who asked for less than it uses", () => {
    expect(say({}).message).toBe(
      "The node was low on resource: memory. Threshold quantity: 128Mi, available: 88736Ki. " +
        "Container app was using 500Mi, request is 0, has larger consumption of memory. ",
    );
  });

  it("says the same in annotations", () => {
    expect(say({ memory: "1Mi" }).annotations).toEqual({
      offending_containers: "app",
      offending_containers_usage: "500Mi",
      starved_resource: "memory",
    });
  });

  it("names nobody who uses no more than it asked for", () => {
    expect(say({ memory: "500Mi" }).message).toMatch(/available: 88736Ki\. $/);
  });

  it("names the pod where it asks for memory as a whole, whether it exceeds that or not", () => {
    const { message, annotations } = say({ memory: "500Mi" }, { memory: "1Gi" });
    expect(message).toMatch(/Pod web was using 501Mi, request is 1Gi, has larger/);
    expect(annotations).toMatchObject({ offending_pod: "web", offending_pod_usage: "501Mi" });
  });

  it("says no more than the resource of a pod without stats", () => {
    const pod = { metadata, spec: { containers: [{ name: "app" }] } };
    const said = evictionMessage("pids", pod, undefined, [met], { "memory.available": memory });
    expect(said).toEqual({ message: "The node was low on resource: pids. ", annotations: {} });
  });
});
