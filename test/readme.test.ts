import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const main = join(root, "dist/cli/main.js");
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "kubechart-readme-"));

/** The code blocks of README in one language, in order. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, name, text = ""]) =>
    name === language ? [text] : [],
  );
}

/** Runs a line that begins with the word kubechart. */
function kubechart(line: string) {
  const args = line.split(" ").slice(1);
  return spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" });
}

const [manifest = "", scenario = ""] = blocks("yaml");
const [session = ""] = blocks("console");
const command = session.slice(2, session.indexOf("\n"));
const [manifestFile = "", scenarioFile = ""] = command.match(/\S+\.yaml/g) ?? [];
writeFileSync(join(folder, manifestFile), manifest);
writeFileSync(join(folder, scenarioFile), scenario);

describe("README", () => {
  it("shows twelve lines of a manifest and one of a scenario", () => {
    expect([manifest, scenario].map((text) => text.trimEnd().split("\n").length)).toEqual([12, 1]);
  });

  it("shows what its command prints", () => {
    const { stdout, stderr, status } = kubechart(command);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(session).toBe(`$ ${command}\n${stdout}`);
  });

  it("draws the container as kubechart draws it", () => {
    expect(blocks("mermaid")).toEqual([kubechart("kubechart diagram container").stdout]);
  });

  const commands = blocks("sh").flatMap((text) => text.match(/^kubechart .*$/gm) ?? []);
  it.each(commands)("has a command that works: %s", (line) => {
    const { stdout, stderr, status } = kubechart(line);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).not.toBe("");
  });

  it.each(blocks("js"))("embeds what prints what its comments say", (code) => {
    const args = ["--input-type=module", "--eval", code];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect(stderr).toBe("");
    const said = code.match(/(?<=^console\.log\(.*\); \/\/ ).*$/gm) ?? [];
    expect(stdout.trimEnd().split("\n")).toEqual([...said]);
  });

  it("names files that exist", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = ""]) => path);
    for (const link of links) expect(() => readFileSync(join(root, link))).not.toThrow();
  });
});
