import type { Secret } from "../api/configuration-objects.ts";

/** A credential that a pull used or may use, and the Secret that it comes from. */
export interface PullCredential {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** What two Secrets with the same login have in common; upstream its hash. */
  readonly login: string;
}

/**
 * Which of a pod's pull Secrets fit an image's repository, the most specific address first.
 * pkg/credentialprovider/keyring.go Lookup, secrets/secrets.go secretsToTrackedDockerConfigs
 */
export function findCredentials(
  secrets: readonly Secret[],
  repository: string,
): readonly PullCredential[] {
  const entries = secrets.flatMap(entriesOf).toSorted(byAddressReversed);
  const matching = entries.filter(({ address }) => urlsMatch(address, repository));
  const isOnHub = /^(?:(?:index\.)?docker\.io|[^.:/]+)\//.test(repository);
  const fallback = entries.filter(({ address }) => isOnHub && address === "index.docker.io");
  return (matching.length > 0 ? matching : fallback).map(({ credential }) => credential);
}

interface KeyringEntry {
  /** Host and path; the parts of the host may hold `*`. */
  readonly address: string;
  readonly credential: PullCredential;
}

function byAddressReversed({ address: one }: KeyringEntry, { address: other }: KeyringEntry) {
  return one < other ? 1 : one > other ? -1 : 0;
}

function entriesOf({ metadata, type, data = {} }: Secret): readonly KeyringEntry[] {
  const { namespace = "default", name, uid = "" } = metadata;
  return Object.entries(authsOf(type, data)).map(([location, entry]) => ({
    address: addressOf(location),
    credential: { uid, namespace, name, login: loginOf(entry) },
  }));
}

/** A Secret of another type, or without its key, holds no credentials. */
function authsOf(type: string | undefined, data: Readonly<Record<string, string>>): object {
  switch (type) {
    case "kubernetes.io/dockerconfigjson":
      return objectIn(objectOf(data[".dockerconfigjson"]), "auths");
    case "kubernetes.io/dockercfg":
      return objectOf(data[".dockercfg"]);
    default:
      return {};
  }
}

/** The API server has seen to it that it is JSON. */
function objectOf(base64: string | undefined): object {
  const value: unknown = JSON.parse(atob(base64 ?? "e30="));
  return isObject(value) ? value : {};
}

/** User and password, given apart or together as `auth`. */
function loginOf(entry: unknown): string {
  const [username, password, auth] = ["username", "password", "auth"].map((field) =>
    textIn(entry, field),
  );
  return username === "" ? (auth ?? "") : `${username}:${password}`;
}

/** Without its scheme; `/v1/` and `/v2/` stand for the host itself. */
function addressOf(location: string): string {
  const address = location.replace(/^https?:\/\//, "").replace(/^([^/]*)\/v[12]\//, "$1/");
  return address.replace(/^([^/]*)\/$/, "$1");
}

/** The host part by part, with wild cards; the path is a beginning of the image's. */
function urlsMatch(glob: string, target: string): boolean {
  const [wanted, given] = [urlParts(glob), urlParts(target)];
  return (
    wanted.port === given.port &&
    wanted.host.length === given.host.length &&
    given.path.startsWith(wanted.path) &&
    wanted.host.every((part, index) => matchesPart(part, given.host[index] ?? ""))
  );
}

function urlParts(address: string) {
  const [, name = "", port = "", path = ""] = /^([^/:]*)(:\d*)?(.*)$/.exec(address) ?? [];
  return { host: name.split("."), port, path };
}

function matchesPart(glob: string, part: string): boolean {
  const pattern = glob.replaceAll(/[\\^$+(){}|]/g, "\\$&");
  return new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(part);
}

function objectIn(value: object, field: string): object {
  const found: unknown = Object.entries(value).find(([key]) => key === field)?.[1];
  return isObject(found) ? found : {};
}

function textIn(value: unknown, field: string): string {
  const found: unknown = isObject(value)
    ? Object.entries(value).find(([key]) => key === field)
    : [];
  return Array.isArray(found) && typeof found[1] === "string" ? found[1] : "";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
