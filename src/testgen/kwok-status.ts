import type { PodCondition, PodStatus } from "../../machines/api/pod-status.ts";
import { parseTime } from "../../machines/api/time.ts";
import { go, GoNumber, GoText } from "./kwok-template.ts";
import { isStatusList, type PodWords, type StatusList } from "./kwok-words.ts";

/** Where a status is told: what stood there before, and when. */
export interface StatusPlace {
  readonly words: PodWords;
  readonly before: PodStatus;
  /** Of a pod that was just bound nobody knows what exactly stands there: all is written. */
  readonly isFirst: boolean;
  /** The wall clock at that moment, ms since 1970. */
  readonly wallMs: number;
}

/** The strategic merge patch that makes one status of another, `status` itself left out. */
export function statusPatch(status: PodStatus, place: StatusPlace): Record<string, unknown> {
  const before = new Map<string, unknown>(Object.entries(place.before));
  const known = place.isFirst ? new Map<string, unknown>() : before;
  const after = new Map<string, unknown>(Object.entries(status));
  const gone = [...before.keys()].filter((key) => !after.has(key) && key !== "conditions");
  const { conditions = [] } = status;
  const lasting = conditionsPatch(conditions, place);
  return Object.fromEntries([
    ...gone.map((key) => [key, null] as const),
    ...[...after].flatMap(([key, value]) => {
      if (key === "conditions" || isSame(known.get(key), value)) return [];
      return [[key, told(value, key, { ...place, list: undefined, name: "" })] as const];
    }),
    ["conditions", lasting] as const,
  ]);
}

/** Conditions are merged by their types, so what is gone has to be said. */
function conditionsPatch(all: readonly PodCondition[], place: StatusPlace): readonly object[] {
  const { conditions: known = [] } = place.before;
  const gone = known.filter(({ type }) => !all.some((one) => one.type === type));
  return [
    ...gone.map(({ type }) => ({ $patch: "delete", type })),
    ...all.flatMap((condition) => {
      const before = known.find(({ type }) => type === condition.type);
      if (!place.isFirst && isSame(before, condition)) return [];
      const { type, ...fields } = condition;
      const lost = Object.keys(before ?? {}).filter((key) => !Object.hasOwn(condition, key));
      const changed = Object.entries(fields).filter(([key, value]) => {
        const isKept = !place.isFirst && before?.lastTransitionTime === value;
        return key !== "lastTransitionTime" || !isKept;
      });
      const inside: Inside = { ...place, list: undefined, name: "" };
      return [
        {
          type,
          ...Object.fromEntries(changed.map(([key, value]) => [key, told(value, key, inside)])),
          ...Object.fromEntries(lost.map((key) => [key, null])),
        },
      ];
    }),
  ];
}

/** In the status of which container, if in any. */
interface Inside extends StatusPlace {
  readonly list: StatusList | undefined;
  readonly name: string;
}

/** A value in words of KWOK's templates; `path` leads there from the container's status. */
function told(value: unknown, path: string, inside: Inside): unknown {
  const key = path.replace(/^.*\./, "");
  if (typeof value === "string") return toldText(value, key, path, inside);
  if (key === "observedGeneration") return new GoNumber(go("or .metadata.generation 1"));
  if (Array.isArray(value)) {
    const list = isStatusList(path) ? path : inside.list;
    return value.map((one: unknown) => {
      return list === undefined || list === inside.list
        ? told(one, path, inside)
        : toldEntries(one, "", { ...inside, list, name: nameIn(one) });
    });
  }
  return typeof value === "object" && value !== null ? toldEntries(value, path, inside) : value;
}

function toldEntries(value: unknown, path: string, inside: Inside): unknown {
  const entries = Object.entries(value ?? {});
  const place = path === "" ? "" : `${path}.`;
  return Object.fromEntries(
    entries.map(([key, one]) => [key, told(one, `${place}${key}`, inside)]),
  );
}

function toldText(text: string, key: string, path: string, inside: Inside): string | GoText {
  const { words, list, name } = inside;
  if (key === "containerID") return words.containerId(text);
  if (list !== undefined) {
    if (path === "name") return words.containerName(list, text);
    if (path === "image") return words.image(list, name, text);
    if (path === "imageID") return words.imageId(list, name, text);
  }
  if (/^host(?:IP|IPs\.ip)$/.test(path)) return new GoText([nodeIp]);
  if (/^pod(?:IP|IPs\.ip)$/.test(path)) return new GoText([podIp]);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return timeText(text, path, inside);
  return words.text(text);
}

const nodeIp = go("NodeIPWith .spec.nodeName");

const podIp = go("$podIP");

/** KWOK hands out another address whenever it is asked for one. */
export const podIpLine = `{{ $podIP := or .status.podIP (PodIPWith ${[
  ".spec.nodeName",
  "(or .spec.hostNetwork false)",
  '(or .metadata.uid "")',
  '(or .metadata.name "")',
  '(or .metadata.namespace "")',
].join(" ")}) }}\n`;
/** A time that the container's status says already is copied; another one is so long ago. */
function timeText(text: string, path: string, { list, name, before, wallMs }: Inside): GoText {
  const statuses = (list && before[list]) ?? [];
  const nth = statuses.findIndex((one) => one.name === name);
  const known = timesIn(statuses[nth], "").filter(([, time]) => time === text);
  const [from] = known.find(([place]) => place === path) ?? known[0] ?? [];
  if (from !== undefined) return new GoText([go(`(index .status.${list} ${nth}).${from}`)]);
  const agoS = Math.floor(wallMs / 1_000) - parseTime(text) / 1_000;
  const moment =
    agoS === 0 ? "now" : `(dateModify "${agoS > 0 ? "-" : "+"}${Math.abs(agoS)}s" now)`;
  return new GoText([go(`dateInZone "2006-01-02T15:04:05Z07:00" ${moment} "UTC"`)]);
}

function timesIn(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]: readonly [string, unknown]) => {
    const place = path === "" ? key : `${path}.${key}`;
    if (typeof one === "string") return key.endsWith("At") ? [[place, one] as const] : [];
    return timesIn(one, place);
  });
}

function nameIn(value: unknown): string {
  const name: unknown = typeof value === "object" && value !== null && Reflect.get(value, "name");
  return typeof name === "string" ? name : "";
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
