/** `auto` is what the reader's system prefers. */
export type Theme = "auto" | "light" | "dark";

/** The same names in both; each is a CSS variable that a page may set to its own colour. */
const light = {
  canvas: "#ffffff",
  even: "#f5f8fe",
  odd: "#e9effb",
  leaf: "#ffffff",
  border: "#51648c",
  name: "#10203f",
  about: "#5a6785",
  line: "#326ce5",
  event: "#1b3f91",
  timer: "#a2410b",
  formula: "#a2410b",
  guard: "#08705a",
  versions: "#7a2aa8",
  actions: "#46526e",
  good: "#1f8a4c",
  bad: "#c62828",
  faint: "#9aa7c2",
  ready: "#bfe8cd",
  running: "#e3f5c8",
  waiting: "#cfe0ff",
  ended: "#dde2ec",
  failed: "#ffd0cc",
  leaving: "#ffe0bd",
} as const;

export type Colour = keyof typeof light;

const dark: Readonly<Record<Colour, string>> = {
  canvas: "#0d1526",
  even: "#141f37",
  odd: "#1c2a48",
  leaf: "#0d1526",
  border: "#7f95c4",
  name: "#eef3ff",
  about: "#a3b1d1",
  line: "#79a5ff",
  event: "#b9d0ff",
  timer: "#ffb27a",
  formula: "#ffb27a",
  guard: "#6fe0bf",
  versions: "#d9a6ff",
  actions: "#c0cbe4",
  good: "#63d391",
  bad: "#ff8a80",
  faint: "#5b6b90",
  ready: "#1d5a38",
  running: "#4b5a1c",
  waiting: "#23427f",
  ended: "#3b465f",
  failed: "#7a2a2a",
  leaving: "#7a4b16",
};

/** The use of a colour in a style sheet. */
export function colour(name: Colour): string {
  return `var(--kubechart-${name})`;
}

/** The style sheet that gives the colours their values. */
export function themeStyle(theme: Theme): string {
  if (theme !== "auto") return rule(theme === "light" ? light : dark);
  return `${rule(light)}\n@media (prefers-color-scheme: dark) { ${rule(dark)} }`;
}

function rule(colours: Readonly<Record<Colour, string>>): string {
  const values = Object.entries(colours).map(([name, value]) => `--kubechart-${name}: ${value}`);
  return `.kubechart { ${values.join("; ")} }`;
}

/** For readers that know no CSS variables: each is replaced by its value. */
export function withColours(svg: string, theme: Exclude<Theme, "auto">): string {
  const colours = new Map<string, string>(Object.entries(theme === "light" ? light : dark));
  return svg.replace(/var\(--kubechart-(\w+)\)/g, (whole, name) => colours.get(name) ?? whole);
}
