import { timeText } from "../trace/timeline-text.ts";
import type { BarKind, LaneMark, PodBar, PodLane } from "./pod-bars.ts";
import { lineWidth, typefaces } from "./picture-text.ts";
import { escaped, px, rule, svgDocument, svgLine } from "./svg-text.ts";
import { textWidth } from "./text-width.ts";
import type { Theme } from "./theme.ts";
import { type TimeScale, timeScale } from "./timeline-scale.ts";

/** Lives of pods below each other: what STATUS showed when, with restarts and Events. */
export function timelineSvg(
  lanes: readonly PodLane[],
  { endMs, theme = "auto" }: { readonly endMs: number; readonly theme?: Theme },
): string {
  const bars = lanes.flatMap((lane) => lane.bars);
  const spans = bars.map(({ fromMs, toMs, status }) => {
    return { fromMs, toMs, textPx: lineWidth({ kind: "actions", text: status }) + barTextPx };
  });
  const scale = timeScale(endMs, spans);
  const left = Math.max(0, ...lanes.map(({ name }) => nameWidth(name))) + 2 * marginPx;
  const bottom = axisPx + lanes.length * lanePx;
  const moments = bars.map(({ fromMs }) => fromMs);
  return svgDocument({
    title: `${lanes.length} pod${lanes.length === 1 ? "" : "s"} in ${timeText(endMs)}`,
    description: descriptionOf(lanes),
    width: Math.max(left + scale.widthPx + axisTextPx, left + legendWidth()),
    height: bottom + legendPx,
    theme,
    style,
    body: [
      ...axis([0, ...moments, endMs], scale, left, bottom),
      ...lanes.flatMap((lane, index) => laneParts(lane, scale, left, axisPx + index * lanePx)),
      ...legend(left, bottom + 18),
    ],
  });
}

const marginPx = 16;
const axisPx = 34;
const lanePx = 46;

/** Of the last time, which begins where the run ends. */
const axisTextPx = 60;
const barPx = 24;
const legendPx = 44;
const markRadiusPx = 3;

/** Around the text in a bar. */
const barTextPx = 10;

const kinds = ["waiting", "running", "ready", "ended", "failed", "leaving"] as const;

const style = [
  ...kinds.map((kind) => rule(`.bar.${kind}`, { fill: kind, stroke: "canvas" })),
  rule(".tick", { stroke: "even" }),
  rule(".restart", { stroke: "bad", "stroke-width": 2 }),
  rule(".dot.event", { fill: "line" }),
  rule(".dot.warning", { fill: "bad" }),
].join("\n");

function nameWidth(name: string): number {
  return lineWidth({ kind: "name", text: name });
}

function descriptionOf(lanes: readonly PodLane[]): string {
  const lives = lanes.map(({ name, bars }) => {
    return `${name}: ${bars.map(({ status, fromMs }) => `${status} from ${timeText(fromMs)}`).join(", ")}.`;
  });
  return ["Quiet times are drawn shorter.", ...lives].join(" ");
}

/** A moment is told where there is room for it. */
function axis(
  moments: readonly number[],
  { xOf }: TimeScale,
  left: number,
  bottom: number,
): readonly string[] {
  let free = 0;
  return [...new Set(moments)]
    .toSorted((a, b) => a - b)
    .flatMap((at) => {
      const x = left + xOf(at);
      const line = { kind: "about", text: timeText(at) } as const;
      if (x < free) return [];
      free = x + lineWidth(line) + 8;
      const tick = `<path class="tick" d="M${px(x)},${axisPx - 8} V${px(bottom)}"/>`;
      return [tick, svgLine(line, x, 6)];
    });
}

function laneParts({ name, bars, marks }: PodLane, scale: TimeScale, left: number, y: number) {
  const heights = new Map<number, number>();
  return [
    svgLine({ kind: "name", text: name }, marginPx, y, barPx),
    ...bars.map((bar) => barShape(bar, scale, left, y)),
    ...marks.map((mark) => {
      const before = heights.get(mark.atMs) ?? 0;
      if (mark.kind !== "restart") heights.set(mark.atMs, before + 1);
      return markShape(mark, left + scale.xOf(mark.atMs), y, before);
    }),
  ];
}

function barShape({ fromMs, toMs, ...bar }: PodBar, scale: TimeScale, left: number, y: number) {
  const x = left + scale.xOf(fromMs);
  const width = Math.max(2, left + scale.xOf(toMs) - x);
  const place = `x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${barPx}"`;
  const times = `${bar.status} from ${timeText(fromMs)} to ${timeText(toMs)}`;
  const line = { kind: "actions", text: bar.status } as const;
  const hasRoom = lineWidth(line) + barTextPx <= width + 1;
  return [
    `<g><title>${escaped(`${times}: ${bar.cause}`)}</title>`,
    `<rect class="bar ${bar.kind}" ${place} rx="4"/>`,
    ...(hasRoom ? [svgLine(line, x + 4, y, barPx)] : []),
    "</g>",
  ].join("\n");
}

/** Events of one moment stand below each other. */
function markShape({ kind, text }: LaneMark, x: number, y: number, nth: number): string {
  const told = `<title>${escaped(text)}</title>`;
  if (kind === "restart") {
    return `<path class="restart" d="M${px(x)},${px(y - 3)} V${px(y + barPx + 3)}">${told}</path>`;
  }
  const row = Math.min(nth, mostMarkRows - 1);
  const center = y + barPx + 5 + row * (2 * markRadiusPx + 1);
  const place = `cx="${px(x + markRadiusPx)}" cy="${px(center)}" r="${markRadiusPx}"`;
  return `<circle class="dot ${kind}" ${place}>${told}</circle>`;
}

const mostMarkRows = 2;

const words: Readonly<Record<BarKind, string>> = {
  waiting: "waiting",
  running: "running, not ready",
  ready: "ready",
  ended: "completed",
  failed: "failed",
  leaving: "terminating",
};

function legendWidth(): number {
  const texts = [...Object.values(words), "restart", "Event", "Warning"];
  return texts.reduce((sum, text) => sum + legendEntryPx(text), 2 * marginPx);
}

function legendEntryPx(text: string): number {
  return 16 + textWidth(text, typefaces.about) + 18;
}

function legend(left: number, y: number): readonly string[] {
  let x = left;
  const entry = (text: string, shape: (x: number) => string): string => {
    const parts = `${shape(x)}\n${svgLine({ kind: "about", text }, x + 16, y)}`;
    x += legendEntryPx(text);
    return parts;
  };
  const square = (kind: BarKind) => (at: number) =>
    `<rect class="bar ${kind}" x="${px(at)}" y="${px(y + 1)}" width="12" height="12" rx="3"/>`;
  const dot = (kind: string) => (at: number) =>
    `<circle class="dot ${kind}" cx="${px(at + 6)}" cy="${px(y + 7)}" r="${markRadiusPx}"/>`;
  return [
    ...kinds.map((kind) => entry(words[kind], square(kind))),
    entry("restart", (at) => `<path class="restart" d="M${px(at + 6)},${px(y)} v14"/>`),
    entry("Event", dot("event")),
    entry("Warning", dot("warning")),
  ];
}
