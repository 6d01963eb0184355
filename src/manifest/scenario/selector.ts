import { field, type Form, given, record, scalar } from "./form.ts";

/** Whom a rule is about: globs where `*` stands for any text, and which times it counts. */
export interface Selector {
  readonly image?: string;
  readonly pod?: string;
  readonly namespace?: string;
  readonly container?: string;
  readonly node?: string;
  readonly volume?: string;
  readonly webhook?: string;
  readonly run?: Times;
  readonly attempt?: Times;
}

export type SelectorKey = keyof Selector;

/** From the first to the last, counted from 1; without a last one for ever. */
export interface Times {
  readonly first: number;
  readonly last?: number;
}

/** What a choice is about; the environment gives as much of it as it knows. */
export interface About {
  readonly image?: string | undefined;
  /** `namespace/name`, as the kernel's subjects have it; or the name, and `namespace` beside it. */
  readonly pod?: string | undefined;
  readonly namespace?: string | undefined;
  readonly container?: string | undefined;
  readonly node?: string | undefined;
  /** The volume's name, where it is about a mount. */
  readonly part?: string | undefined;
  /** The name of a webhook, where it is about one. */
  readonly webhook?: string | undefined;
  /** The container's first process is run 1, the one after its first restart run 2. */
  readonly run?: number | undefined;
  /** Of a call that is made again when it has gone wrong; from 1. */
  readonly attempt?: number | undefined;
}

/** Every key of a selector, in the order in which messages name them. */
export const selectorKeys = [
  "image",
  "pod",
  "namespace",
  "container",
  "node",
  "volume",
  "webhook",
  "run",
  "attempt",
] as const satisfies readonly SelectorKey[];

/** Whether everything that the selector asks for is so; what is not known is not so. */
export function selects(selector: Selector, about: About): boolean {
  const { namespace, name } = podOf(about);
  return (
    matches(selector.image, about.image) &&
    matches(selector.pod, name) &&
    matches(selector.namespace, namespace) &&
    matches(selector.container, about.container) &&
    matches(selector.node, about.node) &&
    matches(selector.volume, about.part) &&
    matches(selector.webhook, about.webhook) &&
    isAmong(selector.run, about.run) &&
    isAmong(selector.attempt, about.attempt ?? about.run)
  );
}

/** The two parts of a pod's key. */
function podOf({ pod, namespace }: About): {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
} {
  const slash = pod?.indexOf("/") ?? -1;
  if (pod === undefined || slash < 0) return { namespace, name: pod };
  return { namespace: namespace ?? pod.slice(0, slash), name: pod.slice(slash + 1) };
}

function matches(glob: string | undefined, name: string | undefined): boolean {
  return glob === undefined || (name !== undefined && matchesGlob(glob, name));
}

/** Takes each piece between two stars at its first place, so that the time stays linear. */
export function matchesGlob(glob: string, name: string): boolean {
  const [head = "", ...pieces] = glob.split("*");
  const tail = pieces.pop();
  if (tail === undefined) return glob === name;
  if (!name.startsWith(head) || !name.endsWith(tail)) return false;
  let at = head.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - tail.length;
}

function isAmong(times: Times | undefined, nth: number | undefined): boolean {
  if (times === undefined) return true;
  return nth !== undefined && nth >= times.first && nth <= (times.last ?? nth);
}

const glob: Form<string> = scalar(
  'a name, where * stands for any text, as "web-*"',
  { type: "string", minLength: 1 },
  (value) => (typeof value === "string" && value !== "" ? value : undefined),
);

const times: Form<Times> = scalar(
  'a number from 1 on, or a range of them as "1..3" or "2.."',
  {
    anyOf: [
      { type: "integer", minimum: 1 },
      { type: "string", pattern: String.raw`^[1-9]\d*(\.\.([1-9]\d*)?)?$` },
    ],
  },
  (value) => {
    const match = /^([1-9]\d*)(\.\.([1-9]\d*)?)?$/.exec(String(value));
    if (match === null || (typeof value !== "number" && typeof value !== "string"))
      return undefined;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : match[3];
    if (last === undefined) return { first };
    return Number(last) < first ? undefined : { first, last: Number(last) };
  },
);

/** `when`; a rule without it is about everything. */
export const selectorForm: Form<Selector> = record(
  "a selector",
  {
    image: field(glob, "The image as the pod's spec writes it: `registry.example/slow:*`."),
    pod: field(glob, "The pod's name: `web-*`."),
    namespace: field(glob, "The pod's namespace."),
    container: field(glob, "The container's name; init and ephemeral containers have one too."),
    node: field(glob, "The name of the node that the pod is bound to."),
    volume: field(glob, "The volume's name in the pod's spec."),
    webhook: field(glob, "The webhook's name: `sidecar.example.com`."),
    run: field(times, 'Which run of the container: 1 is the first, "2.." every later one.'),
    attempt: field(times, 'Which try of a pull or a sandbox: "1..2" the first two.'),
  },
  (values) => given(values),
);
