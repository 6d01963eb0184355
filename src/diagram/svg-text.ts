import { lineHeightPx, lineWidth, type TextLine, typefaces } from "./picture-text.ts";
import { type Colour, colour, type Theme, themeStyle } from "./theme.ts";

/** What a whole SVG document is made of. */
export interface Document {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** Rules of this kind of picture. */
  readonly style: string;
  readonly body: readonly string[];
}

/** An SVG document that says what it shows to those who cannot see it. */
export function svgDocument({ title, description, theme, style, body, ...size }: Document): string {
  const [width, height] = [px(Math.ceil(size.width)), px(Math.ceil(size.height))];
  const family = `font-family="${fontFamily}"`;
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="kubechart" role="img" ${family} ${box}>`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<style>`,
    themeStyle(theme),
    `.kubechart { background: ${colour("canvas")} }`,
    ...Object.keys(typefaces).map((kind) => textRule(kind)),
    style,
    `</style>`,
    `<rect class="canvas" width="${width}" height="${height}" fill="${colour("canvas")}"/>`,
    ...body,
    `</svg>`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The first three share their widths; a text that is set in another is squeezed to its place. */
export const fontFamily = "Helvetica, Arial, Liberation Sans, sans-serif";

function textRule(kind: string): string {
  return isKind(kind) ? `.kubechart .${kind} { ${font(kind)}; fill: ${colour(kind)} }` : "";
}

function isKind(kind: string): kind is keyof typeof typefaces {
  return Object.hasOwn(typefaces, kind);
}

function font(kind: keyof typeof typefaces): string {
  const { sizePx, ...rest } = typefaces[kind];
  return `font-size: ${sizePx}px${"isBold" in rest ? "; font-weight: bold" : ""}`;
}

/** The line stands in the middle of its height; `y` is the top of it. */
export function svgLine(line: TextLine, x: number, y: number, heightPx = lineHeightPx): string {
  const { kind, text, tone } = line;
  const baseline = y + heightPx / 2 + typefaces[kind].sizePx * 0.35;
  const length = `textLength="${px(lineWidth(line))}" lengthAdjust="spacingAndGlyphs"`;
  return `<text class="${tone === undefined ? kind : `${kind} ${tone}`}" x="${px(x)}" y="${px(baseline)}" ${length}>${escaped(text)}</text>`;
}

/** With one decimal, which is less than anyone sees. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** `.kubechart .dot { fill: … }`. */
export function rule(selector: string, values: Readonly<Record<string, Colour | number>>): string {
  const parts = Object.entries(values).map(([key, value]) => {
    return `${key}: ${typeof value === "number" ? value : colour(value)}`;
  });
  return `.kubechart ${selector} { ${parts.join("; ")} }`;
}
