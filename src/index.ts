export type {
  FilterAnswer,
  NodeDecision,
  PluginAnswer,
  PreemptionCandidate,
  SchedulingDecision,
  ScoreAnswer,
} from "../machines/scheduler/explanation/decision.ts";
export {
  type HelpfulChange,
  helpfulChangeText,
} from "../machines/scheduler/explanation/helpful-change.ts";
export type { ChoiceRecord } from "./choice/choices.ts";
export { ApiError } from "./cluster/api-error.ts";
export type {
  ApplyOptions,
  DeleteOptions,
  InNamespace,
  ListOptions,
  PatchOptions,
  WriteOptions,
} from "./cluster/call-options.ts";
export { createCluster, type KubeCluster, loadCluster } from "./cluster/create-cluster.ts";
export type { CreateClusterOptions } from "./cluster/create-options.ts";
export type {
  AdmissionReview,
  WebhookAnswer,
  WebhookHandler,
} from "./system/api/webhook-reviews.ts";
export { send } from "../machines/controllers/sync.ts";
export type { SyncEnd } from "../machines/controllers/sync-end.ts";
export { syncSetup } from "../machines/controllers/sync-setup.ts";
export type {
  CustomController,
  Reconciliation,
  SeenByController,
} from "./system/custom-controller.ts";
export type { WebhookPrograms } from "./cluster/webhook-programs.ts";
export {
  Cluster,
  type ClusterOptions,
  defaultStartTime,
  type WatchChange,
} from "./cluster/cluster.ts";
export {
  type ClusterEmitted,
  type ClusterEvent,
  type ClusterInput,
  clusterLogic,
  type ClusterSnapshot,
  type PersistedCluster,
} from "./cluster/cluster-logic.ts";
export type { RequestAnswer, RequestOptions } from "./cluster/network-request.ts";
export type { RequestFrom } from "./cluster/network-target.ts";
export { DecisionLog, type MadeDecision } from "./cluster/decision-log.ts";
export type { CoverageReport } from "./explore/coverage.ts";
export { type Exploration, explore, Explorer, type ExploreOptions } from "./explore/explorer.ts";
export type { Path, PathStep } from "./explore/path.ts";
export {
  type Properties,
  type Property,
  PropertyCheck,
  type Verdict,
} from "./explore/properties.ts";
export { standardSystem } from "./explore/standard-system.ts";
export type { PodFacts } from "./explore/step-facts.ts";
export { coverTransitions, type Suite, type SuitePath } from "./explore/suite.ts";
export { type ExploredSystem, readSystem } from "./explore/system-file.ts";
export { dot } from "./diagram/dot.ts";
export { mermaid } from "./diagram/mermaid.ts";
export { type Outline, outlineOf } from "./diagram/outline.ts";
export { outlineJson } from "./diagram/outline-json.ts";
export { plantuml } from "./diagram/plantuml.ts";
export { smcat } from "./diagram/smcat.ts";
export { xstateJson } from "./diagram/xstate-json.ts";
export {
  type ManifestObject,
  type Manifests,
  type ManifestText,
  readManifests,
} from "./manifest/read.ts";
export { emptyScenario, readScenario, type Scenario } from "./manifest/scenario.ts";
export { writeObjects } from "./manifest/write.ts";
export type { ObjectList } from "./system/api/call.ts";
export type { WatchEvent } from "./system/api/watch.ts";
export type { Delivery } from "./system/delivery.ts";
export type { Executor } from "./system/executor.ts";
export type { SavedSystem } from "./system/save.ts";
export { XStateHost, type XStateHostOptions } from "./system/xstate-host.ts";
export { formatIssue, type Issue } from "./yaml/issue.ts";
