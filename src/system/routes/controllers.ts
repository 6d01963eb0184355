import { deploymentMachine } from "../../../machines/controllers/deployment/deployment.machine.ts";
import { endpointsMachine } from "../../../machines/controllers/endpoint/endpoints.machine.ts";
import { endpointSliceMachine } from "../../../machines/controllers/endpointslice/endpoint-slice.machine.ts";
import { garbageCollectorMachine } from "../../../machines/controllers/garbage-collector/garbage-collector.machine.ts";
import { nodeLifecycleMachine } from "../../../machines/controllers/node-lifecycle/node-lifecycle.machine.ts";
import { nodeTaintMachine } from "../../../machines/controllers/node-lifecycle/node-taint.machine.ts";
import { crdFinalizerMachine } from "../../../machines/controllers/crd-finalizer/crd-finalizer.machine.ts";
import { namespaceMachine } from "../../../machines/controllers/namespace/namespace.machine.ts";
import { reconcileLoopMachine } from "../../../machines/controllers/reconcile-loop.machine.ts";
import { defaultBaseDelayMs } from "../../../machines/controllers/work-queue.ts";
import { replicaSetMachine } from "../../../machines/controllers/replica-set/replica-set.machine.ts";
import { podGcMachine } from "../../../machines/controllers/pod-gc/pod-gc.machine.ts";
import { resourceQuotaMachine } from "../../../machines/controllers/resource-quota/resource-quota.machine.ts";
import { rootCaCertPublisherMachine } from "../../../machines/controllers/root-ca-cert-publisher/root-ca-cert-publisher.machine.ts";
import { serviceAccountMachine } from "../../../machines/controllers/service-account/service-account.machine.ts";
import { taintEvictionMachine } from "../../../machines/controllers/taint-eviction/taint-eviction.machine.ts";
import type { Emission, MachineRow, Receiver, Route, Routes, View } from "../composition.ts";
import type { SyncUnderWay } from "../controllers-side.ts";
import * as controllers from "../projections/controllers.ts";
import { deploymentStep } from "../projections/deployment.ts";
import { endpointsStep } from "../projections/endpoints.ts";
import { garbageCollectorStep, wokenByGarbage } from "../projections/garbage-collector.ts";
import { crdFinalizerStep } from "../projections/crd-finalizer.ts";
import { namespaceStep } from "../projections/namespace.ts";
import {
  resourceQuotaStep,
  rootCaCertPublisherStep,
  serviceAccountStep,
} from "../projections/namespace-furniture.ts";
import { podGcStep } from "../projections/pod-gc.ts";
import { nodeLifecycleStep, nodeTaintStep } from "../projections/node-lifecycle.ts";
import { replicaSetStep } from "../projections/replica-set.ts";
import { taintEvictionStep } from "../projections/taint-eviction.ts";
import type { CustomController } from "../custom-controller.ts";
import { endOf } from "../projections/sync-ended.ts";
import type { KubeWorld } from "../world.ts";
import { toHandler, toSelf, telling, viewing } from "./receivers.ts";

/** A key's place in a queue, and its syncs; which controller's queue it is says `part`. */
export const controllersMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  reconcileLoop: {
    machine: reconcileLoopMachine,
    exists: () => true,
    input: (_, { part = "" }) => queues[part] ?? { maxRetries: 0, baseDelayMs: defaultBaseDelayMs },
  },
  replicaSet: { machine: replicaSetMachine, exists: () => true, input: () => ({}) },
  deployment: { machine: deploymentMachine, exists: () => true, input: () => ({}) },
  endpoints: { machine: endpointsMachine, exists: () => true, input: () => ({}) },
  endpointSlice: { machine: endpointSliceMachine, exists: () => true, input: () => ({}) },
  nodeLifecycle: { machine: nodeLifecycleMachine, exists: () => true, input: () => ({}) },
  nodeTaint: { machine: nodeTaintMachine, exists: () => true, input: () => ({}) },
  taintEviction: { machine: taintEvictionMachine, exists: () => true, input: () => ({}) },
  crdFinalizer: { machine: crdFinalizerMachine, exists: () => true, input: () => ({}) },
  namespace: { machine: namespaceMachine, exists: () => true, input: () => ({}) },
  serviceAccount: { machine: serviceAccountMachine, exists: () => true, input: () => ({}) },
  rootCaCertPublisher: {
    machine: rootCaCertPublisherMachine,
    exists: () => true,
    input: () => ({}),
  },
  resourceQuota: { machine: resourceQuotaMachine, exists: () => true, input: () => ({}) },
  podGc: { machine: podGcMachine, exists: () => true, input: () => ({}) },
  garbageCollector: { machine: garbageCollectorMachine, exists: () => true, input: () => ({}) },
};

/**
 * What is not usual of a controller's queue: maxRetries of each, and of endpointslice_controller.go
 * defaultSyncBackOff.
 */
const queues: Readonly<Record<string, object>> = {
  deployment: { maxRetries: 15, baseDelayMs: defaultBaseDelayMs },
  endpoints: { maxRetries: 15, baseDelayMs: defaultBaseDelayMs },
  endpointSlice: { maxRetries: 15, baseDelayMs: 1_000 },
  garbageCollector: { maxRetries: 15, baseDelayMs: defaultBaseDelayMs },
};

/** The chart of the controller whose queue it is. */
function toController(_: KubeWorld, { from: { subject } }: Emission): Receiver {
  return { machine: subject.part ?? "", subject: { object: subject.object ?? "" } };
}

/** The controller's queue. */
function toLoop(_: KubeWorld, { from: { machine, subject } }: Emission): Receiver {
  return { machine: "reconcileLoop", subject: { object: subject.object ?? "", part: machine } };
}

const finished: readonly Route<KubeWorld>[] = [
  { project: controllers.end, to: telling("reconcileLoop", toLoop) },
];

/** What a controller's chart says; `view` tells it its next step. */
export function ofController(view: string): Routes<KubeWorld>[string] {
  return {
    "sync.begun": [{ project: controllers.begin, to: toSelf, view }],
    "calls.sent": [
      {
        project: controllers.holdBack,
        to: toHandler("apiserver"),
        event: { type: "request.calls" },
        latencyMs: (world, { from }) => controllers.underWay(world, from).heldBackMs ?? 0,
        detail: (world, { from }) => ({ requests: controllers.underWay(world, from).asks }),
      },
    ],
    "answers.taken": [{ project: controllers.takeAnswers, to: toSelf, view }],
    "sync.succeeded": finished,
    "sync.failed": finished,
  };
}

/** One that may know of a time at which there will be something to do. */
function ofPostponing(view: string): Routes<KubeWorld>[string] {
  return { ...ofController(view), "sync.postponed": finished };
}

/** One that goes over all objects, and leaves what is refused to its next pass. */
function ofPass(view: string): Routes<KubeWorld>[string] {
  const { "sync.failed": _, ...others } = ofPostponing(view);
  return others;
}

/** One that may find others of its queue that have to be looked at. */
function ofWaking(view: string): Routes<KubeWorld>[string] {
  const woken = [
    { to: telling("reconcileLoop", wokenByGarbage), event: { type: "key.added" } },
    ...finished,
  ];
  return { ...ofController(view), "sync.succeeded": woken, "sync.failed": woken };
}

const routesOfControllers: Routes<KubeWorld> = {
  replicaSet: ofPostponing("replicaSetStep"),
  deployment: ofPostponing("deploymentStep"),
  endpoints: ofController("endpointsStep"),
  endpointSlice: ofController("endpointSliceStep"),
  nodeLifecycle: ofPass("nodeLifecycleStep"),
  nodeTaint: ofController("nodeTaintStep"),
  taintEviction: ofPostponing("taintEvictionStep"),
  crdFinalizer: ofPostponing("crdFinalizerStep"),
  namespace: ofPostponing("namespaceStep"),
  serviceAccount: ofController("serviceAccountStep"),
  rootCaCertPublisher: ofController("rootCaCertPublisherStep"),
  resourceQuota: ofController("resourceQuotaStep"),
  podGc: ofPass("podGcStep"),
  garbageCollector: ofWaking("garbageCollectorStep"),
};

/** Whose keys wait in queues, and are synced one after the other. */
export const queued = Object.keys(routesOfControllers);

export const controllersRoutes: Routes<KubeWorld> = {
  reconcileLoop: { "sync.asked": [{ to: telling(queued, toController) }] },
  ...routesOfControllers,
};

export const controllersViews: Readonly<Record<string, View<KubeWorld>>> = {
  replicaSetStep: stepOf("replicaSet", replicaSetStep),
  deploymentStep: stepOf("deployment", deploymentStep),
  endpointsStep: stepOf("endpoints", endpointsStep),
  endpointSliceStep: stepOf("endpointSlice", endpointsStep),
  nodeLifecycleStep: stepOf("nodeLifecycle", nodeLifecycleStep),
  nodeTaintStep: stepOf("nodeTaint", nodeTaintStep),
  taintEvictionStep: stepOf("taintEviction", taintEvictionStep),
  crdFinalizerStep: stepOf("crdFinalizer", crdFinalizerStep),
  namespaceStep: stepOf("namespace", namespaceStep),
  podGcStep: stepOf("podGc", podGcStep),
  serviceAccountStep: stepOf("serviceAccount", serviceAccountStep),
  rootCaCertPublisherStep: stepOf("rootCaCertPublisher", rootCaCertPublisherStep),
  resourceQuotaStep: stepOf("resourceQuota", resourceQuotaStep),
  garbageCollectorStep: stepOf("garbageCollector", garbageCollectorStep),
};

/** The view of a controller of somebody's own. */
export function customStep(id: string, step: CustomController["step"]): View<KubeWorld> {
  return stepOf(id, (sync) => (sync.asks.length === 0 ? endOf(sync) : step(sync.asks)));
}

function stepOf(machine: string, find: (sync: SyncUnderWay) => string): View<KubeWorld> {
  return viewing("step.found", (world, { to: subject }) => {
    const sync = controllers.underWay(world, { machine, subject });
    const afterMs = Math.ceil(sync.end?.requeueAfterMs ?? 0);
    return { type: "step.found", step: find(sync), afterMs };
  });
}
