import { evalCRIPullErr } from "../../../machines/kubelet/image-messages.ts";
import type { Handler, HandlerContext } from "../../system/composition.ts";
import type { Detail, KernelEvent } from "../../system/kernel-event.ts";
import { hasImage } from "../../system/projections/image-access.ts";
import { historyOf, nodeOf, pullOf } from "../../system/projections/pull-line.ts";
import type { KubeWorld } from "../../system/world.ts";
import { pullError, type PullOutcome, pullOutcomes } from "./registry-errors.ts";

/** How a pull goes; what is left out is open. */
export interface PullAnswer {
  readonly takesMs?: number;
  readonly outcome?: PullOutcome;
  /** The runtime's error, instead of what it usually says of that outcome. */
  readonly message?: string;
  readonly sizeBytes?: number;
}

/** What a scenario says of images; undefined: nothing. */
export interface RegistryScenario {
  /** The pod's `attempt`-th pull of the image, from 1. */
  pull(image: string, attempt: number, pod: string): PullAnswer | undefined;
  /** Why the runtime cannot say whether it has the image. */
  inspect?(image: string, pod: string): string | undefined;
}

/** A scenario without images: every pull takes its usual course. */
export const anyRegistry: RegistryScenario = { pull: () => undefined };

/** ms; seen with a registry nearby. */
const usualPullMs = 300;
const usualFailureMs = 10;
const pullTimes = { low: 10, high: 60_000 };

/** Seen sizes lie between 1 and some hundreds of millions. */
const imageSizes = { low: 1_000_000, high: 1_000_000_000, usual: 50_000_000 };

/** A node's image service: what it has, and what the registries answer it. */
export function registryOf(scenario: RegistryScenario): Handler<KubeWorld> {
  return (context) => {
    if (context.event.type === "ImageStatus") inspect(context, scenario);
    else pull(context, scenario);
  };
}

type Context = HandlerContext<KubeWorld>;

function inspect(context: Context, scenario: RegistryScenario): void {
  const { world, from, origin, send } = context;
  if (from === undefined) return;
  const { pod, image } = pullOf(from.subject);
  const message = scenario.inspect?.(image, pod);
  if (message !== undefined) return answer(context, { type: "ImageStatus.failed" }, { message }, 0);
  const isPresent = hasImage(nodeOf(world, pod).images, image);
  const event = { type: "ImageStatus.succeeded", image: isPresent ? "present" : "absent" };
  send({ to: from, event, view: "imageStatus", origin });
}

function pull(context: Context, scenario: RegistryScenario): void {
  const { world, from, choices } = context;
  const { pod, image } = pullOf(from?.subject ?? {});
  const { attempts } = historyOf(world, { pod, part: image });
  const said = scenario.pull(image, attempts, pod) ?? {};
  const about = `pod/${pod} image/${image} pull ${attempts}`;
  const given = said.outcome ?? (said.message === undefined ? undefined : "server error");
  const outcome = choices.pick("image pull outcome", about, pullOutcomes, given);
  const usual = outcome === "pulled" ? usualPullMs : usualFailureMs;
  const tookMs = choices.amount("image pull time", about, { usual, ...pullTimes }, said.takesMs);
  if (outcome !== "pulled") {
    const message = said.message ?? pullError(image, outcome);
    const { reason } = evalCRIPullErr(image, message);
    return answer(context, { type: "PullImage.failed", reason }, { message }, tookMs);
  }
  const sizeBytes = choices.amount("image size", `image/${image}`, imageSizes, said.sizeBytes);
  answer(context, { type: "PullImage.succeeded" }, { sizeBytes }, tookMs);
}

function answer(
  { from, origin, send }: Context,
  event: KernelEvent,
  detail: Detail,
  delayMs: number,
): void {
  if (from !== undefined) send({ to: from, event, detail, delayMs, origin });
}
