import type { ImagePullPolicy } from "../../../machines/api/pod.ts";
import { defaultPullPolicy } from "../../../machines/apiserver/defaults-container.ts";
import { parseImageName } from "../../../machines/api/image-name.ts";
import { evalCRIPullErr } from "../../../machines/kubelet/image-messages.ts";
import {
  applyDefaultImageTag,
  parseImageNameError,
} from "../../../machines/kubelet/image-reference.ts";
import { type Answer, PullingNode, type PullResult } from "../../support/pulls.ts";

interface EnsureInput {
  readonly presentImages: readonly string[];
  readonly pulls: readonly PullResult[];
  readonly steps: readonly PullStep[];
  readonly imageStatusError?: string;
  readonly credentialCheckRequiresPull: boolean;
  readonly backOffInitialSeconds: number;
  readonly backOffMaxSeconds: number;
  readonly registryPullQPS: number;
  readonly registryBurst: number;
  readonly featureGates?: { readonly KubeletEnsureSecretPulledImages?: boolean };
}

interface PullStep {
  readonly atMs: number;
  readonly do?: "removeImage";
  readonly podUID: string;
  readonly image: string;
  readonly imagePullPolicy: ImagePullPolicy | "";
}

export function run(input: never): unknown {
  const { function: name }: { readonly function: string } = input;
  return runners[name]?.(input);
}

const runners: Readonly<Record<string, (input: never) => unknown>> = {
  ensureImageExists: (input: EnsureInput) => {
    const node = new PullingNode({ ...input, ...renamed(input) });
    const steps = input.steps.flatMap((step) => {
      if (step.do !== "removeImage") return [answered(node.ask(step.atMs, step))];
      node.removeImage(step.atMs, step.image);
      return [];
    });
    return { steps };
  },
  evalCRIPullErr: ({ image, error }: { readonly image: string; readonly error: string }) => {
    const { reason, message } = evalCRIPullErr(image, error);
    return { error: reason, message };
  },
  parseImageName: ({ image }: { readonly image: string }) => {
    const error = parseImageNameError(image) ?? null;
    return {
      ...(parseImageName(image) ?? { repository: "", tag: "", digest: "" }),
      error,
      withDefaultTag: applyDefaultImageTag(image) ?? "",
      withDefaultTagError: error,
      defaultImagePullPolicy: defaultPullPolicy(image),
    };
  },
};

/** A parallel puller with one slot, as it was recorded. */
function renamed(input: EnsureInput) {
  const { credentialCheckRequiresPull, registryPullQPS, registryBurst: burst } = input;
  const isChecked = input.featureGates?.KubeletEnsureSecretPulledImages !== false;
  const checked = credentialCheckRequiresPull ? "inaccessible" : "accessible";
  return {
    presence: isChecked ? checked : "present",
    backOff: {
      initialBackOffMs: input.backOffInitialSeconds * 1_000,
      maximumBackOffMs: input.backOffMaxSeconds * 1_000,
    },
    limits: { slots: 1, refillMs: registryPullQPS === 0 ? 0 : 1_000 / registryPullQPS, burst },
  } as const;
}

function answered({ startedAtMs, tookMs, event, detail, calls, said }: Answer): unknown {
  const isEnsured = event.type === "image.ensured";
  return {
    startedAtMs,
    tookMs,
    imageRef: isEnsured ? detail["imageRef"] : "",
    message: detail["message"],
    error: isEnsured ? null : event["reason"],
    events: said.map(({ type, reason, message, about: { fieldPath } }) => {
      return { type, reason, message, fieldPath };
    }),
    calls,
  };
}
