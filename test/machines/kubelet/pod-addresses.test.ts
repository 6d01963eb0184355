import { describe, expect, it } from "vitest";

import { podAddresses, withHostAddresses } from "../../../machines/kubelet/pod-addresses.ts";

describe("podAddresses", () => {
  it.each([
    [["fd00::1", "10.0.0.1", "10.0.0.2"], [], "10.0.0.1", ["10.0.0.1", "fd00::1"]],
    [["10.0.0.1", "fd00::1"], ["fd00::9"], "fd00::1", ["fd00::1", "10.0.0.1"]],
    [["010.0.0.1"], [], "10.0.0.1", ["10.0.0.1"]],
    [["fd00::1"], [], "fd00::1", ["fd00::1"]],
  ])("of %o beside a kubelet with %o begin with %s", (ips, kubeletNodeIPs, podIP, all) => {
    const podIPs = all.map((ip) => ({ ip }));
    expect(podAddresses(ips, kubeletNodeIPs)).toEqual({ podIP, podIPs });
  });

  it("are absent before the sandbox has any", () => {
    expect(podAddresses()).toEqual({});
  });
});

describe("withHostAddresses", () => {
  const nodeIPs = ["10.0.0.9", "10.0.0.8", "fd00::9"];
  const host = { hostIP: "10.0.0.9", hostIPs: [{ ip: "10.0.0.9" }, { ip: "fd00::9" }] };

  it("gives the node's first address of each family", () => {
    const own = { podIP: "10.1.0.1", podIPs: [{ ip: "10.1.0.1" }] };
    expect(withHostAddresses(own, nodeIPs, false)).toEqual({ ...own, ...host });
    expect(withHostAddresses(own, [], false)).toEqual(own);
  });

  it("gives them to a pod in the host's network, which keeps a first one of its own", () => {
    const taken = withHostAddresses({}, nodeIPs, true);
    expect(taken).toEqual({ podIP: "10.0.0.9", podIPs: host.hostIPs, ...host });
    const kept = withHostAddresses(
      { podIP: "10.0.0.1", podIPs: [{ ip: "10.0.0.1" }] },
      nodeIPs,
      true,
    );
    expect(kept.podIPs).toEqual([{ ip: "10.0.0.1" }, { ip: "fd00::9" }]);
  });
});
