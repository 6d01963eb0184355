import type { KubeObject } from "../../api/meta.ts";
import type { ApiResource } from "../../apiserver/api-resources.ts";
import type { ApiStatus } from "../../apiserver/api-status.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import type { Command } from "./command-tree.ts";
import { failed, type Failure, isFailure, refused } from "./failure.ts";
import { csvParts, isTrue } from "./flag-values.ts";
import type { ParsedFlags } from "./parse-flags.ts";

/** What kubectl finds where it runs. */
export interface Surroundings {
  /** Asks the API server, in the name of somebody else if that is said. */
  readonly ask: (request: KubectlRequest) => KubectlAnswer;
  /** What a file holds; undefined where there is none. */
  readonly file: (path: string) => string | undefined;
  /** The documents of a YAML or JSON text, or what Go says is wrong with it. */
  readonly documents: (text: string) => readonly unknown[] | { readonly error: string };
  /** The first name of a path that a kind does not have; undefined where it has all. */
  readonly unknownField: (kind: string, path: readonly string[]) => string | undefined;
  /** RFC 3339. */
  readonly now: string;
  readonly stdin: string;
  /** The namespace of the current context. */
  readonly namespace: string;
  /** Names in the kubeconfig, and where it is. */
  readonly contexts: readonly string[];
  readonly kubeconfig: string;
}

export interface KubectlRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** Impersonated. */
  readonly as?: { readonly user: string; readonly groups: readonly string[] };
}

export type KubectlAnswer = { readonly object: object } | { readonly refused: ApiStatus };

/** One command that runs: its words, and what it has printed so far. */
export class Invocation {
  readonly command: Command;
  readonly args: readonly string[];
  readonly dash: number | undefined;
  readonly around: Surroundings;
  readonly #values: ParsedFlags["values"];
  stdout = "";
  stderr = "";

  constructor(command: Command, { args, dash, values }: ParsedFlags, around: Surroundings) {
    this.command = command;
    this.args = args;
    this.dash = dash;
    this.around = around;
    this.#values = values;
  }

  /** The last value of a flag, or its usual one. */
  flag(name: string): string {
    const usual = this.command.flags.find((flag) => flag.name === name)?.usual ?? "";
    return this.#values.get(name)?.at(-1) ?? usual;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  isOn(name: string): boolean {
    return isTrue(this.flag(name));
  }

  number(name: string): number {
    return Number(this.flag(name));
  }

  /** All values of a list. */
  list(name: string): readonly string[] {
    const form = this.command.flags.find((flag) => flag.name === name);
    const given = this.#values.get(name) ?? [];
    return form?.type === "csv" ? given.flatMap(csvParts) : given;
  }

  /** The namespace of what is named, and whether it was said. */
  get namespace(): string {
    return this.flag("namespace") || this.around.namespace;
  }

  get allNamespaces(): boolean {
    return this.isOn("all-namespaces");
  }

  say(line: string): void {
    this.stdout += `${line}\n`;
  }

  warn(line: string): void {
    this.stderr += `${line}\n`;
  }

  /** What comes back, or why nothing does. */
  ask(request: KubectlRequest): object | Failure {
    const user = this.flag("as");
    const groups = this.list("as-group");
    const impersonated = user === "" && groups.length === 0 ? {} : { as: { user, groups } };
    const answer = this.around.ask({ ...request, ...impersonated });
    return "refused" in answer ? refused(answer.refused) : answer.object;
  }

  get(
    resource: ApiResource,
    namespace: string,
    name: string,
    subresource = "",
  ): KubeObject | Failure {
    const below = subresource === "" ? "" : `/${subresource}`;
    return this.one({ method: "GET", path: `${pathOf(resource, namespace, name)}${below}` });
  }

  /** One object that comes back. */
  one(request: KubectlRequest): KubeObject | Failure {
    const answer = this.ask(request);
    if (isFailure(answer) || isObject(answer)) return answer;
    return failed("no object came back");
  }

  items(resource: ApiResource, namespace: string, query = ""): readonly KubeObject[] | Failure {
    const path = `${pathOf(resource, namespace, "")}${query}`;
    const answer = this.ask({ method: "GET", path });
    if (isFailure(answer)) return answer;
    const items = isFields(answer) ? answer["items"] : undefined;
    return Array.isArray(items) ? items.filter(isObject) : [];
  }
}

export function isObject(value: unknown): value is KubeObject {
  return isFields(value) && isFields(value["metadata"]) && typeof value["kind"] === "string";
}

/** Where a resource's objects are; without a name all of a namespace. */
export function pathOf(resource: ApiResource, namespace: string, name: string): string {
  const { group, version, resource: plural, isNamespaced } = resource;
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  const inside = isNamespaced && namespace !== "" ? `/namespaces/${namespace}` : "";
  return `${root}${inside}/${plural}${name === "" ? "" : `/${encodeURIComponent(name)}`}`;
}
