/** A table; what would end a cell early is escaped. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [
    row(columns),
    row(columns.map(() => "---")),
    ...rows.map((cells) => row(cells.map((cell) => cellText(String(cell))))),
  ].join("\n");
}

/** Parts with an empty line between them; those that are empty are left out. */
export function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

export function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** What every generated page begins with. */
export function generatedBy(command: string): string {
  return `<!-- Written by \`${command}\`; do not edit. -->`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cellText(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
}
