import type { Container, Pod } from "../../machines/api/pod.ts";
import { go, type GoExpression, GoText } from "./kwok-template.ts";

export type StatusList = keyof typeof specLists;

const specLists = {
  initContainerStatuses: "initContainers",
  containerStatuses: "containers",
  ephemeralContainerStatuses: "ephemeralContainers",
} as const;

export function isStatusList(key: string): key is StatusList {
  return Object.hasOwn(specLists, key);
}

/** What a status says of its pod, in words that are true of another pod with such containers. */
export class PodWords {
  readonly #containers: readonly (readonly [StatusList, readonly Container[]])[];
  readonly #words: readonly Word[];
  readonly #pattern: RegExp;
  readonly #containerIds = new Map<string, number>();

  constructor({ metadata, spec }: Pod) {
    this.#containers = [
      ["initContainerStatuses", spec.initContainers ?? []],
      ["containerStatuses", spec.containers],
    ];
    const { name, namespace = "default", uid = "" } = metadata;
    this.#words = [
      { text: `${name}_${namespace}(${uid})`, parts: fullName },
      { text: uid, parts: [go(".metadata.uid")] },
      ...this.#containers.flatMap(([list, all]) =>
        all.flatMap((one, nth) => wordsOf(one, list, nth)),
      ),
    ].filter(({ text }) => text !== "");
    this.#pattern = new RegExp(this.#words.map(({ text }) => bounded(text)).join("|"), "g");
  }

  /** The text, with the pod's names and those of its containers worked out by KWOK. */
  text(text: string): string | GoText {
    const parts: (string | GoExpression)[] = [];
    let end = 0;
    for (const { 0: found, index } of text.matchAll(this.#pattern)) {
      const word = this.#words.find((one) => one.text === found);
      parts.push(text.slice(end, index), ...(word?.parts ?? [found]));
      end = index + found.length;
    }
    if (parts.length === 0) return text;
    return new GoText([...parts, text.slice(end)].filter((part) => part !== ""));
  }

  containerName(list: StatusList, name: string): string | GoText {
    const nth = this.#place(list, name);
    return nth < 0 ? name : new GoText([go(field(list, nth, "name"))]);
  }

  /** The spec's own image; a status may also name what a tag stands for. */
  image(list: StatusList, name: string, image: string): string | GoText {
    const nth = this.#place(list, name);
    const isOwn = nth >= 0 && this.#listed(list)[nth]?.image === image;
    return isOwn ? new GoText([go(field(list, nth, "image"))]) : image;
  }

  /** A made-up digest of the image's name: nothing is pulled on a fake node. */
  imageId(list: StatusList, name: string, imageId: string): string | GoText {
    const nth = this.#place(list, name);
    if (nth < 0 || imageId === "") return imageId;
    const image = field(list, nth, "image");
    const bare = go(`regexReplaceAll "(:[^:/@]*)?(@.*)?$" ${image} ""`);
    return new GoText([bare, "@sha256:", go(`sha256sum ${image}`)]);
  }

  /** Another pod that lives the same life has other containers. */
  containerId(containerId: string): string | GoText {
    if (!/^containerd:\/\/[0-9a-f]{64}$/.test(containerId)) return containerId;
    const nth = this.#containerIds.get(containerId) ?? this.#containerIds.size + 1;
    this.#containerIds.set(containerId, nth);
    return new GoText(["containerd://", go(`sha256sum (print .metadata.uid "/${nth}")`)]);
  }

  #place(list: StatusList, name: string): number {
    return this.#listed(list).findIndex((one) => one.name === name);
  }

  #listed(list: StatusList): readonly Container[] {
    return this.#containers.find(([key]) => key === list)?.[1] ?? [];
  }
}

interface Word {
  readonly text: string;
  readonly parts: readonly (string | GoExpression)[];
}

/** pkg/kubelet/util/format/pod.go Pod */
const fullName = [
  go(".metadata.name"),
  "_",
  go(".metadata.namespace"),
  "(",
  go(".metadata.uid"),
  ")",
];

function wordsOf({ name, image = "" }: Container, list: StatusList, nth: number): readonly Word[] {
  return [
    { text: image, parts: [go(field(list, nth, "image"))] },
    { text: name, parts: [go(field(list, nth, "name"))] },
  ];
}

function field(list: StatusList, nth: number, name: "name" | "image"): string {
  return `(index .spec.${specLists[list]} ${nth}).${name}`;
}

/** Not within a longer name, a path or an image. */
function bounded(text: string): string {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `(?<![\\w./:@-])${literal}(?![\\w./:@-])`;
}
