/** Bases of links, as `machines/sources.yaml` has them for one minor. */
export interface SourceBases {
  readonly kep: string;
  readonly file: string;
  readonly page: string;
}

/** `[doBackOff](https://…/kuberuntime_manager.go)`: what a chart calls a source, as a link. */
export function sourceLink(source: string, { kep, file, page }: SourceBases): string {
  const [, number] = /^KEP-(\d+)$/.exec(source) ?? [];
  if (number !== undefined) return `[${source}](${kep}${number})`;
  const [, path] = /^https:\/\/kubernetes\.io\/(\S+)$/.exec(source) ?? [];
  if (path !== undefined) return `[kubernetes.io](${page}${path})`;
  const [where = "", ...names] = source.split(" ");
  return `[${names.join(" ")}](${file}${where})`;
}

export function sourceLinks(sources: readonly string[], bases: SourceBases): string {
  return sources.map((source) => sourceLink(source, bases)).join(", ");
}
