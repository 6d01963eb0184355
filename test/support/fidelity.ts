import { readFileSync } from "node:fs";

/** Vector cases that `docs/fidelity.md` lists as deviating: case id → reason. */
export function deviations(vectorFile: string): ReadonlyMap<string, string> {
  const text = readFileSync(new URL("docs/fidelity.md", projectRoot()), "utf8");
  const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const found = rows.filter((cells) => cells[1] === `\`${vectorFile}\``);
  return new Map(found.map((cells) => [(cells[2] ?? "").replaceAll("`", ""), cells[3] ?? ""]));
}

/** The folder that holds package.json, from source and from `dist` alike. */
export function projectRoot(): URL {
  const here = import.meta.url;
  return new URL(here.includes("/dist/test/support/") ? "../../../" : "../../", here);
}
