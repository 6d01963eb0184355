import { missingPackage } from "./missing-package.ts";
import type { Outline } from "./outline.ts";
import { svg } from "./svg.ts";
import { withColours } from "./theme.ts";

export interface PngOptions {
  readonly theme?: "light" | "dark";
  /** Pixels for one of the SVG; 2 unless said otherwise, as screens of today have. */
  readonly scale?: number;
}

/** The picture of `svg` in pixels; needs elkjs, @resvg/resvg-js, and a font on the machine. */
export async function png(
  outline: Outline,
  { theme = "light", scale = 2 }: PngOptions = {},
): Promise<Uint8Array> {
  return pixels(withColours(await svg(outline, { theme }), theme), scale);
}

/** Any SVG without CSS variables in pixels. */
export async function pixels(picture: string, scale: number): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js").catch(
    missingPackage("@resvg/resvg-js", "a picture in pixels"),
  );
  const options = {
    font: { loadSystemFonts: true },
    fitTo: { mode: "zoom", value: scale },
  } as const;
  const probe = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg"><text y="20">a</text></svg>`);
  if (probe.getBBox() === undefined) {
    throw new NoFontError("a picture in pixels needs a font; install one, as fonts-liberation");
  }
  return new Resvg(picture, options).render().asPng();
}

/** The machine has no font to set texts in. */
export class NoFontError extends Error {
  override readonly name = "NoFontError";
}
