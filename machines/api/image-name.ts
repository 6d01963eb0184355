/** The parts of a container image's name; `latest` when it has neither tag nor digest. */
export interface ImageName {
  /** With its domain: `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** Undefined when it is no valid name; pkg/util/parsers ParseImageName. */
export function parseImageName(image: string): ImageName | undefined {
  const name = parse(image);
  return typeof name === "string" ? undefined : name;
}

/**
 * Why a text is no valid name, in the parser's words; undefined when it is one.
 * github.com/distribution/reference normalize.go ParseNormalizedNamed, reference.go Parse
 */
export function imageNameError(image: string): string | undefined {
  const name = parse(image);
  return typeof name === "string" ? name : undefined;
}

/** A cluster names few images, and often. */
const parsed = new Map<string, ImageName | string>();
const keptNames = 1_024;

/** The parts, or why there are none. */
function parse(image: string): ImageName | string {
  let name = parsed.get(image);
  if (name === undefined) {
    name = parseReference(image);
    if (parsed.size >= keptNames) parsed.clear();
    parsed.set(image, name);
  }
  return name;
}

function parseReference(image: string): ImageName | string {
  if (/^[a-f0-9]{64}$/.test(image)) {
    return `invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`;
  }
  const { domain, remainder } = splitDockerDomain(image);
  const [remote = ""] = remainder.split(":");
  if (remote !== remote.toLowerCase()) {
    return `invalid reference format: repository name (${remote}) must be lowercase`;
  }
  const match = reference.exec(`${domain}/${remainder}`) ?? [];
  const [, repository = "", path, tag = "", digest = ""] = match;
  if (path === undefined) return "invalid reference format";
  if (path.length > maxPathLength) {
    return `repository name must not be more than ${maxPathLength} characters`;
  }
  const error = digest === "" ? undefined : digestError(digest);
  return error ?? { repository, tag: tag + digest === "" ? "latest" : tag, digest };
}

/** github.com/opencontainers/go-digest digest.go Validate; Kubernetes links three algorithms. */
function digestError(digest: string): string | undefined {
  const [algorithm = "", encoded = ""] = digest.split(":");
  const length = digestLengths[algorithm];
  if (length === undefined) {
    const isWellFormed = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*$/.test(algorithm);
    return isWellFormed ? "unsupported digest algorithm" : "invalid checksum digest format";
  }
  if (encoded.length !== length) return "invalid checksum digest length";
  return /^[a-f0-9]+$/.test(encoded) ? undefined : "invalid checksum digest format";
}

const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** What is before the first slash is a domain only if it looks like one. */
function splitDockerDomain(image: string): { readonly domain: string; readonly remainder: string } {
  const slash = image.indexOf("/");
  const first = image.slice(0, Math.max(slash, 0));
  const isDomain = /[.:A-Z]/.test(first) || first === "localhost";
  const found = isDomain ? { domain: first, remainder: image.slice(slash + 1) } : undefined;
  const domain = found === undefined || found.domain === "index.docker.io" ? hub : found.domain;
  const remainder = found?.remainder ?? image;
  const isOfficial = domain === hub && !remainder.includes("/");
  return { domain, remainder: isOfficial ? `library/${remainder}` : remainder };
}

const hub = "docker.io";
const maxPathLength = 255;

/** github.com/distribution/reference regexp.go. */
const domainPart = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const host = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathPart = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const digestForm = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const reference = new RegExp(
  `^((?:${host}/)?(${pathPart}(?:/${pathPart})*))(?::(\\w[\\w.-]{0,127}))?(?:@(${digestForm}))?$`,
);
