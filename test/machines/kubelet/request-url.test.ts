import { describe, expect, it } from "vitest";

import { formatURL } from "../../../machines/kubelet/request-url.ts";

describe("formatURL", () => {
  it.each([
    ["", "http://10.0.0.9:80"],
    ["/", "http://10.0.0.9:80/"],
    ["a/b", "http://10.0.0.9:80/a/b"],
    ["/a b", "http://10.0.0.9:80/a%20b"],
    ["/x?a=b#c", "http://10.0.0.9:80/x?a=b#c"],
    ["/a%20b", "http://10.0.0.9:80/a%20b"],
    ["/a%2fb{", "http://10.0.0.9:80/a/b%7B"],
    ["/%zz", "http://10.0.0.9:80/%25zz"],
    ["//other/x", "http://10.0.0.9:80/x"],
    ["///x", "http://10.0.0.9:80///x"],
    ["a:b", "http:b"],
    ["1a:b/c", "http://10.0.0.9:80/1a:b/c"],
    ["http://o.example/x?y", "http://10.0.0.9:80/x?y"],
    ["/x?", "http://10.0.0.9:80/x?"],
    ["?", "http://10.0.0.9:80?"],
    ["#", "http://10.0.0.9:80"],
    ["/x#", "http://10.0.0.9:80/x"],
    ["/a#%zz", "http://10.0.0.9:80/a%23%25zz"],
    ["*", "http://10.0.0.9:80/*"],
    ["/a!b(c)'*", "http://10.0.0.9:80/a!b(c)'*"],
    ["/a!b c", "http://10.0.0.9:80/a%21b%20c"],
    ["/a%21 b", "http://10.0.0.9:80/a%21%20b"],
    ["/a?b?c", "http://10.0.0.9:80/a?b?c"],
    ["/\u0001", "http://10.0.0.9:80/%01"],
    ["/q?a b", "http://10.0.0.9:80/q?a b"],
    ["/[x]", "http://10.0.0.9:80/[x]"],
    ["/[x] y", "http://10.0.0.9:80/%5Bx%5D%20y"],
    ["/😀", "http://10.0.0.9:80/%F0%9F%98%80"],
    ["/#a{b", "http://10.0.0.9:80/#a%7Bb"],
    ["/#a!'b c", "http://10.0.0.9:80/#a!%27b%20c"],
    ["/a;b,c@d\u0026e=f+g$h", "http://10.0.0.9:80/a;b,c@d\u0026e=f+g$h"],
    [":x", "http://10.0.0.9:80/:x"],
    ["/x##y", "http://10.0.0.9:80/x#%23y"],
    ["/%C3%A4 ü", "http://10.0.0.9:80/%C3%A4%20%C3%BC"],
  ])("%s becomes %s, as net/url writes it", (path, url) => {
    expect(formatURL("http", "10.0.0.9", 80, path)).toBe(url);
  });

  it("puts an IPv6 address in brackets", () => {
    expect(formatURL("https", "fd00::9", 443, "/x")).toBe("https://[fd00::9]:443/x");
  });
});
