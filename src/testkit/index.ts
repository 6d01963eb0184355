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
