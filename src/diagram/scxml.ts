import { nameLabel } from "./label.ts";
import {
  allStates,
  type Outline,
  type OutlineName,
  type OutlineState,
  type OutlineTransition,
} from "./outline.ts";

export interface ScxmlOptions {
  /** Guards that hold before the first event, as `isFit` or `endedBy(completed)`. */
  readonly holds?: readonly string[];
}

/**
 * The outline as a State Chart XML document of W3C, which an interpreter can run. What the chart
 * only names is decided outside: an event says in its data which guards hold, as
 * `{ holds: ["isFit"] }`; `delays` says how long each delay takes; an action is a line of the log.
 */
export function scxml(
  { id, description, delays, root }: Outline,
  { holds = [] }: ScxmlOptions = {},
) {
  const idOf = (path: string) => nameOf(path === "" ? id : `${id}.${path}`);
  const waits = delaysIn(root).map((name) => {
    const ms = delays.find((one) => one.name === name)?.ms;
    return [name, ms === undefined ? unsetDelay : `${ms}ms`] as const;
  });
  const lines = [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    ...comments(description),
    `<scxml ${attributes({ xmlns: namespace, version: "1.0", datamodel: "ecmascript", name: nameOf(id), initial: nameOf(id) })}>`,
    ...indented([
      `<datamodel>`,
      `  <data ${attributes({ id: "before", expr: JSON.stringify(holds) })}/>`,
      `  <data ${attributes({ id: "delays", expr: JSON.stringify(Object.fromEntries(waits)) })}/>`,
      `</datamodel>`,
      ...script,
      ...stateLines(root, root, idOf),
    ]),
    `</scxml>`,
  ];
  return `${lines.join("\n")}\n`;
}

const namespace = "http://www.w3.org/2005/07/scxml";

/** How long a delay takes that is not always the same is for whoever runs it to say. */
const unsetDelay = "1s";

/** Who has the guards as functions writes this one anew. */
const script = [
  `<script>`,
  `  function holds(event, guard) {`,
  `    return ((event &amp;&amp; event.data &amp;&amp; event.data.holds) || before).indexOf(guard) >= 0;`,
  `  }`,
  `</script>`,
];

/** XML's names have no spaces and few signs; states that somebody explored have names with some. */
function nameOf(id: string): string {
  return id.replace(/[^\w.-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16) ?? ""}_`);
}

type IdOf = (path: string) => string;

function stateLines(state: OutlineState, root: OutlineState, idOf: IdOf): readonly string[] {
  const { path, type, initial, states, description, entry, exit } = state;
  const element = type === "parallel" || type === "final" ? type : "state";
  const start = initial === undefined ? {} : { initial: idOf(initial) };
  const delays = ownDelays(state).map((delay) => ({
    delay,
    event: timerEvent(state, delay, idOf),
  }));
  const sends = delays.map(({ delay, event }) => {
    return `<send ${attributes({ id: event, event, delayexpr: `delays[${literal(delay)}]` })}/>`;
  });
  const cancels = delays.map(({ event }) => `<cancel ${attributes({ sendid: event })}/>`);
  return [
    ...comments(description),
    `<${element} ${attributes({ id: idOf(path), ...start })}>`,
    ...indented([
      ...block("onentry", [...sends, ...entry.map(logLine)]),
      ...block("onexit", [...exit.map(logLine), ...cancels]),
      ...state.transitions.flatMap((one) => transitionLines(one, state, root, idOf)),
      ...states.flatMap((child) => stateLines(child, root, idOf)),
    ]),
    `</${element}>`,
  ];
}

function transitionLines(
  transition: OutlineTransition,
  state: OutlineState,
  root: OutlineState,
  idOf: IdOf,
): readonly string[] {
  const { trigger, guard, actions, description } = transition;
  const event =
    trigger.kind === "on"
      ? { event: trigger.event.replace(/\s+/g, "_") }
      : trigger.kind === "after"
        ? { event: timerEvent(state, trigger.delay, idOf) }
        : {};
  const cond = guard === undefined ? {} : { cond: `holds(_event, ${literal(nameLabel(guard))})` };
  const way = wayOf(transition, state, root, idOf);
  const head = `transition ${attributes({ ...event, ...cond, ...way })}`.trimEnd();
  if (actions.length === 0) return [...comments(description), `<${head}/>`];
  return [
    ...comments(description),
    `<${head}>`,
    ...indented(actions.map(logLine)),
    `</transition>`,
  ];
}

/** XState leaves a state only for a target outside of it, unless the chart says `reenter`. */
function wayOf(
  { targets, reenter }: OutlineTransition,
  { path, states }: OutlineState,
  root: OutlineState,
  idOf: IdOf,
): { readonly target?: string; readonly type?: string } {
  const itself = targets.length === 1 && targets[0] === path && !reenter;
  if (targets.length === 0 || (itself && states.length === 0)) return {};
  const inner = itself ? (stateAt(root, path)?.initial ?? path) : undefined;
  const ends = inner === undefined ? targets : [inner];
  const isInternal = !reenter && ends.every((end) => end !== path && isInside(end, path));
  const target = ends.map(idOf).join(" ");
  return isInternal ? { target, type: "internal" } : { target };
}

function stateAt(root: OutlineState, path: string): OutlineState | undefined {
  return allStates(root).find((state) => state.path === path);
}

function isInside(path: string, outer: string): boolean {
  return outer === "" || path.startsWith(`${outer}.`);
}

/** `after.backOff.container.Waiting`; who drives an interpreter without waiting sends it. */
function timerEvent({ path }: OutlineState, delay: string, idOf: IdOf): string {
  return `after.${delay}.${idOf(path)}`;
}

function ownDelays({ transitions }: OutlineState): readonly string[] {
  const delays = transitions.flatMap(({ trigger }) =>
    trigger.kind === "after" ? [trigger.delay] : [],
  );
  return [...new Set(delays)];
}

function delaysIn(root: OutlineState): readonly string[] {
  return [...new Set(allStates(root).flatMap(ownDelays))];
}

function logLine(action: OutlineName): string {
  return `<log ${attributes({ label: "action", expr: literal(nameLabel(action)) })}/>`;
}

function block(element: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`<${element}>`, ...indented(lines), `</${element}>`];
}

/** A text of ECMAScript. */
function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value = ""]) => `${name}="${escaped(value)}"`)
    .join(" ");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replace(/\s+/g, " ");
}

/** XML ends a comment at two hyphens. */
function comments(text: string | undefined): readonly string[] {
  return text === undefined
    ? []
    : [`<!-- ${text.replace(/-(?=-|$)/g, "- ").replace(/\s+/g, " ")} -->`];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
