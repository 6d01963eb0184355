import type { AnyStateMachine } from "xstate";

import { type KubeletSetting, kubeletConfigurationOf } from "../manifest/kubelets.ts";
import type { Scenario } from "../manifest/scenario.ts";
import { type EnvironmentAnswers, scenarioAnswers } from "../manifest/scenario/answers.ts";
import { toldChoice } from "../manifest/scenario/choice-lines.ts";
import type { StoreChange } from "../store/change.ts";
import type { Composition, SettleContext } from "../system/composition.ts";
import { machines, routes, views } from "../system/routes.ts";
import { customStep, ofController } from "../system/routes/controllers.ts";
import type { CustomController, CustomControllers } from "../system/custom-controller.ts";
import { customParts } from "../system/custom-controllers.ts";
import { schedulerOf } from "../system/scheduler-handler.ts";
import { KubeWorld } from "../system/world.ts";
import { apiServerOf } from "./api-server.ts";
import { claimsOf } from "./environment/claims.ts";
import { faults } from "./environment/faults.ts";
import { nodeStatus } from "./environment/node-status.ts";
import { pleg } from "./environment/pleg.ts";
import { proberOf } from "./environment/prober.ts";
import { registryOf } from "./environment/registry.ts";
import { runtimeOf } from "./environment/runtime.ts";
import { stats } from "./environment/stats.ts";
import { usage } from "./environment/usage.ts";
import { volumesOf } from "./environment/volumes.ts";
import { workQueueOf } from "./environment/work-queue.ts";
import type { WebhookHandler } from "../system/api/webhook-reviews.ts";
import { kubectlProgram } from "./kubectl-typed.ts";
import { controlPlane } from "./control-plane.ts";
import { nodeConfiguration } from "./node-configuration.ts";
import { nodeSide } from "./nodes.ts";
import { type WebhookPrograms, webhooksOf } from "./webhook-programs.ts";

/** What a cluster and all of its copies are made with. */
export interface SharedParts {
  readonly scenario: Scenario;
  readonly answers: EnvironmentAnswers;
  readonly kubelets: readonly KubeletSetting[];
  readonly composition: Omit<Composition<KubeWorld>, "settle">;
  readonly webhooks: WebhookHandler;
  readonly customControllers: CustomControllers;
}

/** What of a cluster may be otherwise than usual. */
export interface OtherParts {
  /** Instead of what the scenario says. */
  readonly environment?: EnvironmentAnswers;
  /** Machines that no actor has. */
  readonly without?: readonly string[];
  /** Machines in the place of the catalogue's. */
  readonly instead?: Readonly<Record<string, AnyStateMachine>>;
  /** The programs behind webhooks. */
  readonly webhooks?: WebhookPrograms;
  /** Controllers of one's own, beside those of kube-controller-manager. */
  readonly controllers?: readonly CustomController[];
}

export function sharedParts(
  scenario: Scenario,
  kubelets: readonly KubeletSetting[],
  { environment, without = [], instead = {}, webhooks, controllers = [] }: OtherParts = {},
): SharedParts {
  const answers = environment ?? scenarioAnswers(scenario);
  const custom = customParts(controllers, ofController, customStep);
  const customControllers = new Map(controllers.map((one) => [one.machine.id, one]));
  const composition = {
    machines: { ...rowsOf(without, instead), ...custom.machines },
    routes: { ...routes, ...custom.routes },
    views: { ...views, ...custom.views },
    handlers: {
      apiserver: apiServerOf(answers),
      scheduler: schedulerOf(answers),
      pleg,
      kubectl: kubectlProgram,
      workQueue: workQueueOf(answers),
      faults,
      stats,
      usage,
      nodeStatus,
      controlPlane,
      runtime: runtimeOf(answers),
      registry: registryOf(answers),
      prober: proberOf(answers),
      volumes: volumesOf(answers),
      claims: claimsOf(answers),
    },
    told: (name: string, about: string) => toldChoice(answers, name, about),
    loadWorld: (saved: unknown) => KubeWorld.load(saved),
  };
  const handler = webhooksOf(answers, webhooks);
  return { scenario, answers, kubelets, composition, webhooks: handler, customControllers };
}

/** Programs of somebody's own are no part of what is saved of a world. */
export function equip(world: KubeWorld, { webhooks, customControllers }: SharedParts): void {
  world.webhooks = webhooks;
  world.controllers.custom = customControllers;
}

/** A Node that has been created gets a machine and a kubelet. */
export function addNode(
  { answers, kubelets }: SharedParts,
  { type, object }: StoreChange,
  { world, now, send }: Pick<SettleContext<KubeWorld>, "world" | "now" | "send">,
): void {
  const { name } = object.metadata;
  const node = object.kind === "Node" && type === "ADDED" ? world.nodeObject(name) : undefined;
  if (node === undefined) return;
  const configuration = nodeConfiguration(kubeletConfigurationOf(kubelets, name));
  const nth = [...world.nodes()].length;
  world.setNode(nodeSide(node, now, answers.node(name), configuration, nth));
  const [subject, event] = [{ node: name }, { type: "kubelet.started" }];
  send({ to: { machine: "kubelet", subject }, event });
  send({ to: { machine: "evictionManager", subject }, event });
}

/** Of what is left out nobody begins to exist; whoever sends them something finds them gone. */
function rowsOf(
  without: readonly string[],
  instead: Readonly<Record<string, AnyStateMachine>>,
): typeof machines {
  if (without.length === 0 && Object.keys(instead).length === 0) return machines;
  const rows = Object.entries(machines).map(([name, row]) => {
    const machine = instead[name] ?? row.machine;
    const exists = without.includes(name) ? () => false : row.exists;
    return [name, { ...row, machine, exists }] as const;
  });
  return Object.fromEntries(rows);
}
