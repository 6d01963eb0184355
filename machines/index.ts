import type { AnyStateMachine } from "xstate";

import type { Samples } from "./samples.ts";

export { type KubernetesVersion, forVersion } from "./for-version.ts";
export type { Samples } from "./samples.ts";

/** Every machine by its id, in the order of a pod's life. */
export const catalogue: Readonly<Record<string, AnyStateMachine>> = {};

/** What each machine of the catalogue can be tried with. */
export const samples: Readonly<Record<string, Samples<AnyStateMachine>>> = {};
