import { describe, test } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import type { CoverOptions } from "./cover.ts";
import { describeSystem as describeWith, type Subject } from "./describe-system.ts";

/** `describeSystem` of `kubechart/test` with Vitest's own `describe` and `test`. */
export function describeSystem<S, P = Pod>(
  system: ExploredSystem | string,
  subject: Subject<S, P>,
  options: CoverOptions = {},
): void {
  describeWith(system, subject, { describe, test }, options);
}
