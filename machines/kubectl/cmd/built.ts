import type { KubeObject } from "../../api/meta.ts";
import type { ApiResource } from "../../apiserver/api-resources.ts";
import type { Failure } from "./failure.ts";

/** What is named; without an object it is still to be fetched. */
export interface Info {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly name: string;
  readonly object?: KubeObject;
  /** The file that says it. */
  readonly source?: string;
}

export interface BuilderOptions {
  /** A type alone means all of it. */
  readonly allowsTypeAlone?: boolean;
  readonly all?: boolean;
  /** Names are fetched unless it is false. */
  readonly fetches?: boolean;
  /** The first failure ends it. */
  readonly stopsAtFirst?: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** What came of it: some may be found and some not. */
export interface Built {
  readonly infos: readonly Info[];
  readonly failure?: Failure;
}
