import { canonicalImage } from "../../../machines/kubelet/image-reference.ts";

/** What may come of a pull; Kubernetes leaves it open. */
export const pullOutcomes = [
  "pulled",
  "not found",
  "unauthorized",
  "forbidden",
  "server error",
  "connection refused",
  "registry unavailable",
  "signature invalid",
] as const;

export type PullOutcome = (typeof pullOutcomes)[number];

/**
 * What a runtime says of a pull that failed: the words of containerd 1.6; the last two, whose first
 * word the kubelet knows, are CRI-O's.
 */
export function pullError(image: string, outcome: Exclude<PullOutcome, "pulled">): string {
  const place = placeOf(image);
  const { name, host, url, manifestURL } = place;
  const failed = `failed to pull and unpack image "${name}"`;
  const unresolved = `${failed}: failed to resolve reference "${name}": `;
  switch (outcome) {
    case "not found":
      return `rpc error: code = NotFound desc = ${unresolved}${name}: not found`;
    case "unauthorized":
      return `${unresolved}${answered(place, "401 Unauthorized")}`;
    case "forbidden":
      return `${unresolved}${answered(place, "403 Forbidden")}`;
    case "server error":
      return `${unresolved}${answered(place, "500 Internal Server Error")}`;
    case "connection refused":
      return `${unresolved}failed to do request: Head "${manifestURL}": ${refused(place)}`;
    case "registry unavailable":
      return (
        `RegistryUnavailable: pinging container registry ${host}: ` +
        `Get "${url}": ${refused(place)}`
      );
    case "signature invalid":
      return (
        "SignatureValidationFailed: Source image rejected: " +
        "A signature was required, but no signature exists"
      );
  }
}

interface Place {
  /** With domain and tag or digest. */
  readonly name: string;
  readonly host: string;
  /** Of the registry's API. */
  readonly url: string;
  readonly manifestURL: string;
  /** Tag or digest. */
  readonly object: string;
  /** Host and port. */
  readonly address: string;
}

function answered({ host, object }: Place, status: string): string {
  return `pulling from host ${host} failed with status code [manifests ${object}]: ${status}`;
}

function refused({ address }: Place): string {
  return `dial tcp ${address}: connect: connection refused`;
}

/** Where containerd looks for an image: this machine's registries speak http. */
function placeOf(image: string): Place {
  const name = canonicalImage(image);
  const [, domain = "", path = "", object = ""] = /^([^/]*)\/(.*?)[:@]([^/]*)$/.exec(name) ?? [];
  const host = domain === "docker.io" ? "registry-1.docker.io" : domain;
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host);
  const url = `${isLocal ? "http" : "https"}://${host}/v2/`;
  const address = /:\d+$/.test(host) ? host : `${host}:${isLocal ? 80 : 443}`;
  return { name, host, url, object, address, manifestURL: `${url}${path}/manifests/${object}` };
}
