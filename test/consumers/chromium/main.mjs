// Opens our own picture of every machine in Chromium, in the light and in the dark: it is XML, every
// text stays in its room as the browser sets it, and each link leads to Kubernetes' own pages.
import { withPage } from "../browser.mjs";

const root = new URL("../../..", import.meta.url);
const { catalogue } = await import(new URL("dist/machines/index.js", root));
const { outlineOf, svg } = await import(new URL("dist/src/diagram/index.js", root));

await withPage(async (page) => {
  const machines = Object.values(catalogue);
  const wrong = [];
  for (const machine of machines) {
    const picture = await svg(outlineOf(machine));
    const seen = [];
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`data:image/svg+xml;base64,${Buffer.from(picture).toString("base64")}`);
      seen.push(await page.evaluate(look));
    }
    const [light, dark] = seen;
    wrong.push(...light.mistakes.map((line) => `${machine.id}: ${line}`));
    if (light.canvas === dark.canvas) wrong.push(`${machine.id}: the dark is as light as the light`);
  }
  console.log(`${machines.length} pictures opened by Chromium, in the light and in the dark`);
  return wrong;
});

/** In the page, which is the picture itself. */
function look() {
  const canvas = document.querySelector("rect.canvas");
  if (canvas === null) return { canvas: "", mistakes: [`it is no SVG: ${document.documentElement.textContent}`] };
  const rooms = [...document.querySelectorAll("rect:not(.canvas)")].map((rect) => rect.getBBox());
  const texts = [...document.querySelectorAll("text")];
  const homeless = texts.filter((text) => {
    const { x, y, width, height } = text.getBBox();
    const isInside = (room) =>
      room.x <= x + 1 && room.x + room.width >= x + width - 1 &&
      room.y <= y + 3 && room.y + room.height >= y + height - 3;
    return !rooms.some(isInside);
  });
  const links = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  const strange = links.filter((link) => !/^https:\/\/(?:github\.com\/kubernetes|kep\.k8s\.io|\S+kubernetes\.io)\//.test(link));
  return {
    canvas: getComputedStyle(canvas).fill,
    mistakes: [
      ...homeless.map(({ textContent }) => `${textContent} leaves its room`),
      ...strange.map((link) => `a link leads to ${link}`),
      ...(texts.length === 0 ? ["it has no text"] : []),
    ],
  };
}
