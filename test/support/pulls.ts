import type { ImagePullPolicy, Pod } from "../../machines/api/pod.ts";
import type { BackOffLimits } from "../../machines/kubelet/back-off-ladder.ts";
import { evalCRIPullErr } from "../../machines/kubelet/image-messages.ts";
import { applyDefaultImageTag } from "../../machines/kubelet/image-reference.ts";
import type { ImagePresence } from "../../machines/kubelet/next-pull.ts";
import type { PullLimits } from "../../machines/kubelet/pull-limits.ts";
import { createChoices } from "../../src/choice/choices.ts";
import { defaultNode, nodeSide } from "../../src/cluster/nodes.ts";
import type { Composition, HandlerContext, Subject } from "../../src/system/composition.ts";
import type { EventSource } from "../../src/system/event-correlator.ts";
import type { Detail, KernelEvent } from "../../src/system/kernel-event.ts";
import { addPod } from "../../src/system/projections/node.ts";
import { imageMachines, imageRoutes, imageViews } from "../../src/system/routes/image.ts";
import { System } from "../../src/system/system.ts";
import type { KubeWorld } from "../../src/system/world.ts";
import { WatchedWorld } from "./watched-world.ts";

/** A node's image service as it was recorded, and what its kubelet was started with. */
export interface ImageService {
  readonly presentImages: readonly string[];
  /** The result of the n-th pull; the last one repeats. */
  readonly pulls: readonly PullResult[];
  readonly imageStatusError?: string;
  /** What an image that is there is to every pod. */
  readonly presence: ImagePresence;
  readonly backOff: BackOffLimits;
  readonly limits: PullLimits;
}

export interface PullResult {
  readonly error?: string;
  readonly durationMs: number;
  readonly sizeBytes?: number;
}

/** A container that asks for its image. */
export interface Ask {
  readonly podUID: string;
  readonly image: string;
  readonly imagePullPolicy: ImagePullPolicy | "";
}

export interface Answer {
  readonly startedAtMs: number;
  readonly tookMs: number;
  readonly event: KernelEvent;
  readonly detail: Detail;
  readonly calls: readonly string[];
  readonly said: readonly EventSource[];
}

/** One node with its image service; containers ask one after the other. */
export class PullingNode {
  readonly #world = new WatchedWorld(0);
  readonly #system: System<KubeWorld>;
  readonly #service: ImageService;
  readonly #present: Set<string>;
  #pulls = 0;
  #calls: string[] = [];
  #answer: { readonly event: KernelEvent; readonly detail: Detail } | undefined;

  constructor(service: ImageService) {
    this.#service = service;
    this.#present = new Set(service.presentImages);
    this.#world.setNode(nodeSide(defaultNode("node"), 0));
    this.#system = System.create(this.#composition(), this.#world, createChoices());
  }

  /** Asks then, or when the answer before has come. */
  ask(atMs: number, ask: Ask): Answer {
    const startedAtMs = Math.max(atMs, this.#system.now);
    this.#system.advanceTo(startedAtMs);
    this.#calls = [];
    this.#answer = undefined;
    const pod = this.#podFor(ask);
    this.#system.send({
      to: { machine: "containerStart", subject: { pod, container: "app" } },
      event: { type: "ask", image: ask.image },
    });
    while (this.#answer === undefined && this.#system.step());
    const { event = { type: "" }, detail = {} } = this.#answer ?? {};
    const tookMs = this.#system.now - startedAtMs;
    const [calls, said] = [this.#calls, this.#world.takeSaid()];
    return { startedAtMs, tookMs, event, detail, calls, said };
  }

  removeImage(atMs: number, image: string): void {
    this.#system.advanceTo(Math.max(atMs, this.#system.now));
    this.#present.delete(tagged(image));
  }

  #composition(): Composition<KubeWorld> {
    const { backOff, limits } = this.#service;
    const { imagePull, imagePuller } = imageMachines;
    if (imagePull === undefined || imagePuller === undefined) throw new Error("pulls are machines");
    return {
      machines: {
        imagePull: { ...imagePull, input: () => backOff },
        imagePuller: { ...imagePuller, input: () => limits },
      },
      routes: imageRoutes,
      views: imageViews,
      handlers: {
        registry: (context) => this.#serve(context),
        containerStart: (context) => this.#start(context),
      },
      loadWorld: () => new WatchedWorld(0),
    };
  }

  #start({ event, detail = {}, self, send }: HandlerContext<KubeWorld>): void {
    if (event.type !== "ask") {
      this.#answer = { event, detail };
      return;
    }
    const { pod = "" } = self.subject;
    const subject: Subject = { pod, part: String(event["image"]) };
    const request = { type: "image.requested" };
    const view = "imageRequested";
    send({ to: { machine: "imagePull", subject }, event: request, view, origin: self });
  }

  #serve(context: HandlerContext<KubeWorld>): void {
    const image = tagged(context.from?.subject.part ?? "");
    this.#calls.push(`${context.event.type} ${image}`);
    if (context.event.type === "ImageStatus") this.#inspect(context, image);
    else this.#pull(context, image);
  }

  #inspect(context: HandlerContext<KubeWorld>, image: string): void {
    const { imageStatusError: message, presence } = this.#service;
    if (message !== undefined) {
      reply(context, { type: "ImageStatus.failed" }, { message });
      return;
    }
    const isPresent = this.#present.has(image);
    const event = { type: "ImageStatus.succeeded", image: isPresent ? presence : "absent" };
    reply(context, event, isPresent ? { imageRef: refOf(image) } : {});
  }

  #pull(context: HandlerContext<KubeWorld>, image: string): void {
    const { pulls } = this.#service;
    const { error, durationMs, sizeBytes } = pulls[Math.min(this.#pulls++, pulls.length - 1)] ?? {
      durationMs: 0,
    };
    if (error !== undefined) {
      const { reason } = evalCRIPullErr(image, error);
      reply(context, { type: "PullImage.failed", reason }, { message: error }, durationMs);
      return;
    }
    this.#present.add(image);
    const detail = { imageRef: refOf(image), sizeBytes };
    reply(context, { type: "PullImage.succeeded" }, detail, durationMs);
  }

  /** The pod of that uid, whose container now wants that image. */
  #podFor({ podUID, image, imagePullPolicy }: Ask): string {
    const key = `default/${podUID}`;
    const policy = imagePullPolicy === "" ? {} : { imagePullPolicy };
    const pod: Pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: podUID, namespace: "default", uid: podUID },
      spec: { nodeName: "node", containers: [{ name: "app", image, ...policy }] },
    };
    if (this.#world.findSide(key) === undefined) {
      this.#world.store.put(pod);
      addPod(this.#world, key);
    }
    this.#world.change(key, { pod });
    return key;
  }
}

function reply(
  { from, origin, send }: HandlerContext<KubeWorld>,
  event: KernelEvent,
  detail: Detail,
  delayMs = 0,
): void {
  if (from !== undefined) send({ to: from, event, detail, delayMs, origin });
}

function tagged(image: string): string {
  return applyDefaultImageTag(image) ?? image;
}

function refOf(image: string): string {
  return `ref-of-${image}`;
}
