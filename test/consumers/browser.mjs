// A page of a real Chromium for the consumers that need one; none when the machine has none.
import { existsSync } from "node:fs";

const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Calls `use` with a new page; what goes wrong in the page is an error here. */
export async function withPage(use) {
  const executablePath = places.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) {
    console.log("skipped, because there is no Chromium; Debian has it as chromium, and CHROMIUM names another");
    return;
  }
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(`the page throws ${error.message}`));
    page.on("console", (message) => message.type() === "error" && errors.push(`the page says ${message.text()}`));
    const wrong = (await use(page)) ?? [];
    for (const line of [...errors, ...wrong]) console.error(line);
    process.exitCode = errors.length + wrong.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}
