import type { ApiStatus } from "./api-status.ts";

const mediaTypes = [
  "application/json",
  "application/yaml",
  "application/vnd.kubernetes.protobuf",
] as const;

/** Of lists and watches: `;stream=watch`, too. */
const streamTypes = [
  "application/json;stream=watch",
  "application/vnd.kubernetes.protobuf;stream=watch",
];

/**
 * Why nothing that the server can write is accepted; undefined where something is. First the route
 * is chosen by media type alone, then what it is to show the object as.
 * apiserver/pkg/endpoints/handlers/negotiation/negotiate.go NegotiateMediaTypeOptions
 */
export function negotiationRefusal(verb: string, accept = ""): ApiStatus | undefined {
  const clauses = accept.split(",").flatMap((text) => clauseOf(text) ?? []);
  if (clauses.length === 0) return undefined;
  if (!clauses.some(({ type }) => isKnown(type))) {
    const streams = verb === "list" || verb === "watch" ? streamTypes : [];
    const all = [...mediaTypes, ...streams].join(", ");
    const message = `406: Not Acceptable\n\nAvailable representations: ${all}`;
    return { code: 406, reason: "NotAcceptable", message, details: {} };
  }
  if (clauses.some(isAccepted)) return undefined;
  const message = `only the following media types are accepted: ${mediaTypes.join(", ")}`;
  return { code: 406, reason: "NotAcceptable", message };
}

interface Clause {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

function clauseOf(text: string): Clause | undefined {
  const [type = "", ...rest] = text.split(";").map((part) => part.trim());
  if (type === "") return undefined;
  const pairs = rest.map((part): [string, string] => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
  });
  return { type, parameters: new Map(pairs) };
}

function isKnown(type: string): boolean {
  return (
    type === "*/*" || mediaTypes.some((one) => one === type || type === `${one.split("/")[0]}/*`)
  );
}

/** A table or bare metadata, of the version that there is. */
function isAccepted({ type, parameters }: Clause): boolean {
  const shown = parameters.get("as");
  if (!isKnown(type)) return false;
  if (shown === undefined) return true;
  const isShown = ["Table", "PartialObjectMetadata", "PartialObjectMetadataList"].includes(shown);
  const version = parameters.get("v");
  return (
    isShown && parameters.get("g") === "meta.k8s.io" && (version === "v1" || version === "v1beta1")
  );
}
