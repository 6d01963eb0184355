import { Composer, type Tags } from "yaml";

import { compareIssues, type Issue } from "./issue.ts";
import { limitIssue, tokensWithinLimits, yamlLimits } from "./limits.ts";
import type { YamlNode } from "./node.ts";
import { readTree, type Reading, report } from "./tree.ts";

/** What came of a text: its documents in order, and every mistake of the YAML itself. */
export interface YamlText {
  /** A document without contents is a `null` scalar; a text that is refused has no documents. */
  readonly documents: readonly YamlNode[];
  readonly issues: readonly Issue[];
  /** The text is YAML at all: its documents are what the writer meant, if not what is expected. */
  readonly isWellFormed: boolean;
}

/**
 * Reads a YAML or JSON text of one or more documents, within `yamlLimits`. `version: "1.1"` is what
 * kubectl reads (`yes` is true, `0644` is octal, `<<` merges); charts and scenarios are YAML 1.2.
 */
export function readYaml(text: string, file: string, version: "1.1" | "1.2" = "1.2"): YamlText {
  const { tokens, lines, refusal } = tokensWithinLimits(text, file);
  if (refusal !== undefined) return { documents: [], issues: [refusal], isWellFormed: false };
  const composer = new Composer({ version, customTags: jsonTags, uniqueKeys: false });
  const reading: Reading = { file, lines, merges: version === "1.1", issues: [], aliases: 0 };
  const documents: YamlNode[] = [];
  let isWellFormed = true;
  for (const { contents, errors, warnings } of composer.compose(tokens)) {
    for (const { pos, message } of [...errors, ...warnings]) {
      isWellFormed = false;
      report(reading, pos[0], "valid YAML", lowerFirst(message));
    }
    documents.push(readTree(contents, reading));
    if (reading.aliases > yamlLimits.aliases) {
      const issue = limitIssue("aliases", file, lines, contents?.range[0] ?? 0);
      return { documents: [], issues: [issue], isWellFormed: false };
    }
  }
  return { documents, issues: reading.issues.toSorted(compareIssues), isWellFormed };
}

/** JSON knows no timestamps, sets, or numbers to the base of 60; such words stay text. */
function jsonTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === "string") return true;
    return !unknownToJson.test(tag.tag) && !("format" in tag && tag.format === "TIME");
  });
}

const unknownToJson = /:(?:timestamp|binary|omap|pairs|set|merge)$/;

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
