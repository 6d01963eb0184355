import type { Container, Probe } from "../api/pod.ts";
import { resolveContainerPort } from "./container-port.ts";
import { formatURL } from "./request-url.ts";

/** What the kubelet sends for an httpGet probe or hook. */
export interface HTTPGetRequest {
  readonly url: string;
  /** The Host header that replaces the URL's; empty for none. */
  readonly host: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/**
 * The request for an httpGet action, or why there can be none; without a host it goes to the pod.
 * pkg/probe/http/request.go
 */
export function newRequestForHTTPGetAction(
  httpGet: NonNullable<Probe["httpGet"]>,
  container: Pick<Container, "ports">,
  podIP: string,
  purpose: "probe" | "lifecycle",
): HTTPGetRequest | { readonly error: string } {
  const { scheme = "HTTP", host: ownHost = "", path = "", httpHeaders = [] } = httpGet;
  const { port, error } = resolveContainerPort(httpGet.port, container);
  if (error !== undefined) return { error };
  const url = formatURL(scheme.toLowerCase(), ownHost === "" ? podIP : ownHost, port, path);
  const headers = withDefaults(headersOf(httpHeaders), purpose);
  return { url, host: headers["Host"]?.[0] ?? "", headers };
}

type Headers = Readonly<Record<string, readonly string[]>>;

function headersOf(list: readonly { readonly name: string; readonly value: string }[]): Headers {
  const headers: Record<string, readonly string[]> = {};
  for (const { name, value } of list) {
    const key = canonicalHeaderKey(name);
    headers[key] = [...(headers[key] ?? []), value];
  }
  return headers;
}

/** An empty Accept header is a wish to send none; an empty User-Agent is sent. */
function withDefaults({ Accept, ...headers }: Headers, purpose: string): Headers {
  return {
    ...headers,
    "User-Agent": headers["User-Agent"] ?? [`kube-${purpose}/${version}`],
    ...(Accept === undefined ? { Accept: ["*/*"] } : Accept[0] !== "" && { Accept }),
  };
}

/** net/textproto CanonicalMIMEHeaderKey: a name with other characters stays as it is. */
function canonicalHeaderKey(name: string): string {
  if (!/^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/.test(name)) return name;
  const words = name.toLowerCase().split("-");
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("-");
}

/** k8s.io/component-base/version: major and minor of the kubelet. */
const version = "1.35";
