import { modelledKubernetes } from "../../machines/feature-gates.ts";

/** Where a source that a chart names can be read; machines/sources.yaml says the same. */
export function sourceLink(source: string): string | undefined {
  if (source.startsWith("KEP-")) return `${kepBase}${source.slice("KEP-".length)}`;
  if (source.startsWith(pageHost)) return `${pageBase}${source.slice(pageHost.length)}`;
  const [file = ""] = source.split(" ", 1);
  return /^(?:[\w.-]+\/)+[\w.-]+$/.test(file) ? `${fileBase}${file}` : undefined;
}

const kepBase = "https://kep.k8s.io/";
const pageHost = "https://kubernetes.io/";
const pageBase = `https://${modelledKubernetes.split(".", 2).join("-")}.docs.kubernetes.io/`;
const fileBase = `https://github.com/kubernetes/kubernetes/blob/${modelledKubernetes}/`;
