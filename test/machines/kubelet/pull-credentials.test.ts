import { describe, expect, it } from "vitest";

import type { Secret } from "../../../machines/api/configuration-objects.ts";
import { findCredentials } from "../../../machines/kubelet/pull-credentials.ts";

function pullSecret(name: string, ...locations: readonly string[]): Secret {
  const entry = { username: "user", password: name };
  const auths = Object.fromEntries(locations.map((location) => [location, entry]));
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace: "default", uid: `uid-${name}` },
    type: "kubernetes.io/dockerconfigjson",
    data: { ".dockerconfigjson": btoa(JSON.stringify({ auths })) },
  };
}

describe("findCredentials", () => {
  it.each([
    ["registry.local", "registry.local/app", true],
    ["https://registry.local/v1/", "registry.local/app", true],
    ["registry.local:5000", "registry.local/app", false],
    ["registry.local/team", "registry.local/team/app", true],
    ["registry.local/team", "registry.local/other/app", false],
    ["*.example.com", "eu.example.com/app", true],
    ["*.example.com", "a.b.example.com/app", false],
    ["https://index.docker.io/v1/", "docker.io/library/nginx", true],
  ])("%s for %s: %s", (location, repository, isFound) => {
    const found = findCredentials([pullSecret("pull", location)], repository);
    expect(found.map(({ name }) => name)).toEqual(isFound ? ["pull"] : []);
  });

  it("takes the most specific address first", () => {
    const secrets = [
      pullSecret("wide", "registry.local"),
      pullSecret("near", "registry.local/team"),
    ];
    const found = findCredentials(secrets, "registry.local/team/app");
    expect(found.map(({ login }) => login)).toEqual(["user:near", "user:wide"]);
  });

  it("finds nothing in a Secret of another type", () => {
    const opaque: Secret = { ...pullSecret("pull", "registry.local"), type: "Opaque" };
    expect(findCredentials([opaque], "registry.local/app")).toEqual([]);
  });
});
