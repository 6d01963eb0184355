import { valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";

/** The documents of a text as kubectl reads them, or the mistake in the words of Go's YAML. */
export function goYaml(text: string): readonly unknown[] | { readonly error: string } {
  const { documents, issues, isWellFormed } = readYaml(text, "text", "1.1");
  const [issue] = issues;
  if (isWellFormed || issue === undefined) return documents.map(valueOf);
  const lines = text.split("\n");
  const tab = lines.findIndex((line) => /^ *\t/.test(line));
  if (tab < 0)
    return {
      error: `error converting YAML to JSON: yaml: line ${issue.line}: ${words(issue.got)}`,
    };
  const isValue = /:\s*$/.test(lines[tab - 1] ?? "");
  const why = isValue
    ? "found character that cannot start any token"
    : "found a tab character that violates indentation";
  return { error: `error converting YAML to JSON: yaml: line ${tab + 1}: ${why}` };
}

function words(message: string): string {
  if (/implicit key|nested mappings/i.test(message))
    return "mapping values are not allowed in this context";
  if (/flow (?:sequence|map)/i.test(message)) return "did not find expected ',' or ']'";
  return "did not find expected key";
}
