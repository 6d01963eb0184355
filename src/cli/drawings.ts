import type { Outline } from "../diagram/outline.ts";
import type { Theme } from "../diagram/theme.ts";

interface Drawing {
  readonly extension: string;
  readonly draw: (outline: Outline, options: DrawingOptions) => Promise<string | Uint8Array>;
}

export interface DrawingOptions {
  readonly theme?: Exclude<Theme, "auto"> | undefined;
}

/** By the words that `-o` takes; what one needs is loaded when it is asked for. */
export const drawings = {
  mermaid: {
    extension: "mmd",
    draw: async (outline) => (await import("../diagram/mermaid.ts")).mermaid(outline),
  },
  dot: {
    extension: "dot",
    draw: async (outline) => (await import("../diagram/dot.ts")).dot(outline),
  },
  plantuml: {
    extension: "puml",
    draw: async (outline) => (await import("../diagram/plantuml.ts")).plantuml(outline),
  },
  svg: {
    extension: "svg",
    draw: async (outline, { theme }) =>
      (await import("../diagram/svg.ts")).svg(outline, { theme: theme ?? "auto" }),
  },
  png: {
    extension: "png",
    draw: async (outline, { theme }) =>
      (await import("../diagram/png.ts")).png(outline, { theme: theme ?? "light" }),
  },
  scxml: {
    extension: "scxml",
    draw: async (outline) => (await import("../diagram/scxml.ts")).scxml(outline),
  },
  json: {
    extension: "json",
    draw: async (outline) => (await import("../diagram/outline-json.ts")).outlineJson(outline),
  },
  xstate: {
    extension: "xstate.json",
    draw: async (outline) => (await import("../diagram/xstate-json.ts")).xstateJson(outline),
  },
  smcat: {
    extension: "smcat",
    draw: async (outline) => (await import("../diagram/smcat.ts")).smcat(outline),
  },
} as const satisfies Readonly<Record<string, Drawing>>;

export type DrawingFormat = keyof typeof drawings;
