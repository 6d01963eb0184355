export type { KubeEvent } from "../../machines/api/event.ts";
export type { KubeObject } from "../../machines/api/meta.ts";
export type { Pod } from "../../machines/api/pod.ts";
export type { Predicate, Properties, Property, Verdict } from "../explore/properties.ts";
export type { PodFacts } from "../explore/step-facts.ts";
export { assertProperties, checkProperties, type ShownVerdict } from "./check-properties.ts";
export {
  coverTransitions,
  type CoverOptions,
  type SystemPath,
  type SystemSuite,
  testModel,
  type TestModelOptions,
} from "./cover.ts";
export {
  type FlatEvent,
  type FlatGraph,
  flatMachine,
  type FlatState,
  type StateMeta,
} from "./flat-machine.ts";
export { SystemModel, type SystemParams } from "./test-model.ts";
export { loadSystem } from "./load-system.ts";
export { describeSystem, type Runner, type Subject } from "./describe-system.ts";
export { type Observer, observePath, type StatusFunction } from "./observing.ts";
export type { Obligation, Reconciler, StatelessReconciler } from "./reconcile-loop.ts";
export { type Reconciled, reconcilePath } from "./reconciling.ts";
export { ApiError, SimulatedApi } from "./simulated-api.ts";
export { loadPath } from "./load-path.ts";
