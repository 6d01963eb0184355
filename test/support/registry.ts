import type { Container, Pod } from "../../machines/api/pod.ts";
import { createChoices, type ChoicesOptions } from "../../src/choice/choices.ts";
import { registryOf, type RegistryScenario } from "../../src/cluster/environment/registry.ts";
import { defaultNode, nodeSide } from "../../src/cluster/nodes.ts";
import type { Composition, HandlerContext } from "../../src/system/composition.ts";
import type { NodeSide } from "../../src/system/node-side.ts";
import { addPod } from "../../src/system/projections/node.ts";
import { imageMachines, imageRoutes, imageViews } from "../../src/system/routes/image.ts";
import { System } from "../../src/system/system.ts";
import type { KubeWorld } from "../../src/system/world.ts";
import { WatchedWorld } from "./watched-world.ts";

/** What a container that asked for its image was told. */
export interface ImageAnswer {
  readonly atMs: number;
  readonly pod: string;
  readonly container: string;
  readonly type: string;
  readonly reason: unknown;
  readonly message: unknown;
}

/** A node with a real registry before it; containers ask for their images when they are told to. */
export class RegistryNode {
  readonly world = new WatchedWorld(0);
  readonly system: System<KubeWorld>;
  readonly answers: ImageAnswer[] = [];

  constructor(
    scenario: RegistryScenario,
    node: Partial<NodeSide> = {},
    options: ChoicesOptions = {},
  ) {
    this.world.setNode({ ...nodeSide(defaultNode("node"), 0), ...node });
    const composition: Composition<KubeWorld> = {
      machines: imageMachines,
      routes: imageRoutes,
      views: imageViews,
      handlers: {
        registry: registryOf(scenario),
        containerStart: (context: HandlerContext<KubeWorld>) => this.#start(context),
      },
      loadWorld: () => new WatchedWorld(0),
    };
    this.system = System.create(composition, this.world, createChoices(options));
  }

  addPod(name: string, containers: readonly Container[], secrets: readonly string[] = []): void {
    const metadata = { name, namespace: "default", uid: `uid-${name}` };
    const imagePullSecrets = secrets.map((secret) => ({ name: secret }));
    const spec = { nodeName: "node", containers, imagePullSecrets };
    this.world.store.put<Pod>({ apiVersion: "v1", kind: "Pod", metadata, spec });
    addPod(this.world, `default/${name}`);
  }

  /** The container asks then. */
  ask(atMs: number, name: string, container = "app"): void {
    const subject = { pod: `default/${name}`, container };
    const delayMs = atMs - this.system.now;
    const to = { machine: "containerStart", subject };
    this.system.send({ to, event: { type: "ask" }, delayMs });
  }

  /** Until nobody waits for an image. */
  run(): readonly ImageAnswer[] {
    this.system.run(Number.POSITIVE_INFINITY);
    return this.answers;
  }

  #start({ event, detail, self, now, send, world }: HandlerContext<KubeWorld>): void {
    const { pod = "", container = "" } = self.subject;
    if (event.type !== "ask") {
      const { type, reason } = event;
      this.answers.push({ atMs: now, pod, container, type, reason, message: detail?.["message"] });
      return;
    }
    const { containers } = world.side(pod).pod.spec;
    const part = containers.find(({ name }) => name === container)?.image ?? "";
    const to = { machine: "imagePull", subject: { pod, part } };
    send({ to, event: { type: "image.requested" }, view: "imageRequested", origin: self });
  }
}
