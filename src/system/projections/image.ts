import { extended } from "../../../machines/extended.ts";
import * as messages from "../../../machines/kubelet/image-messages.ts";
import { parseImageNameError } from "../../../machines/kubelet/image-reference.ts";
import type { Emission } from "../composition.ts";
import type { Detail } from "../kernel-event.ts";
import type { KubeWorld } from "../world.ts";
import { type EventText, recordContainerEvent } from "./container-event.ts";
import { addImage } from "./image-access.ts";
import { historyOf, imageRequesterOf, pullOf, turnOf, writeHistory } from "./pull-line.ts";

/** `Pulling`, as soon as the container joins the line. */
export function recordPulling(world: KubeWorld, emission: Emission): void {
  const message = messages.pulling(pullOf(emission.from.subject).image);
  record(world, emission, { type: "Normal", reason: "Pulling", message });
}

/** `Pulled`; an image that was fetched is on the node from now on. */
export function recordEnsured(world: KubeWorld, emission: Emission): void {
  const { subject } = emission.from;
  const { image } = pullOf(subject);
  const { source } = emission.fact;
  const message =
    source === "registry"
      ? messages.pulled(image, timesOf(world, emission))
      : messages.alreadyPresent(image, source === "accessible");
  record(world, emission, { type: "Normal", reason: "Pulled", message });
  if (source === "registry") addImage(world, subject, emission.now);
}

/** What EnsureImageExists returns beside the image's reference. */
export function ensuredDetail(_: KubeWorld, { fact: { source }, from, detail }: Emission): Detail {
  const { image } = pullOf(from.subject);
  const isLocal = source !== "registry";
  const message = isLocal ? messages.alreadyPresent(image, source === "accessible") : "";
  return extended(detail ?? {}, { message });
}

/** The Event of a refusal; why a pull failed is kept for the refusals that follow. */
export function recordRefused(world: KubeWorld, emission: Emission): void {
  const { subject } = emission.from;
  const { image } = pullOf(subject);
  const { event, reason } = emission.fact;
  const waiting = refusalMessage(world, emission);
  switch (event) {
    case "BackOff": {
      const message = messages.backOffPulling(image);
      return record(world, emission, { type: "Normal", reason: "BackOff", message });
    }
    case "Failed": {
      const { attempts } = historyOf(world, subject);
      writeHistory(world, subject, { attempts, failure: `${String(reason)}: ${waiting}` });
      const message = messages.pullFailed(image, said(emission.detail));
      return record(world, emission, { type: "Warning", reason: "Failed", message });
    }
    default:
      return record(world, emission, { type: "Warning", reason: String(event), message: waiting });
  }
}

/** The waiting container's message, and the word that the Event of the failed start repeats. */
export function refusalDetail(world: KubeWorld, emission: Emission): Detail {
  return { message: refusalMessage(world, emission), error: emission.fact["reason"] };
}

function refusalMessage(world: KubeWorld, { fact, from: { subject }, detail }: Emission): string {
  const { image } = pullOf(subject);
  switch (fact["reason"]) {
    case "InvalidImageName":
      return messages.invalidImageName(image, parseImageNameError(image) ?? "");
    case "ImageInspectError":
      return messages.inspectionFailed(said(detail));
    case "ErrImageNeverPull":
      return messages.neverPulled(image);
    case "ImagePullBackOff":
      return messages.backOffPulling(image, historyOf(world, subject).failure);
    default:
      return messages.evalCRIPullErr(image, said(detail)).message;
  }
}

function record(world: KubeWorld, emission: Emission, text: EventText): void {
  const { pod } = pullOf(emission.from.subject);
  const container = imageRequesterOf(world, emission)?.subject.container ?? "";
  recordContainerEvent(world, { pod, container }, emission.now, text);
}

function timesOf(world: KubeWorld, { from, now, detail }: Emission): messages.PullTimes {
  const { askedAtMs = now, begunAtMs = now } = turnOf(world, from.subject) ?? {};
  const sizeBytes = Number(detail?.["sizeBytes"] ?? 0);
  return { pullMs: now - begunAtMs, totalMs: now - askedAtMs, sizeBytes };
}

function said(detail: Detail | undefined): string {
  const message = detail?.["message"];
  return typeof message === "string" ? message : "";
}
