import type { PullCredential } from "./pull-credentials.ts";

/** Who may use an image that this node's kubelet has pulled, by repository. */
export type PulledRecord = Readonly<Record<string, PulledAccess>>;

export interface PulledAccess {
  /** It was once pulled without credentials, so everybody may. */
  readonly nodePodsAccessible: boolean;
  readonly secrets: readonly PullCredential[];
}

/** What of a KubeletConfiguration says whose access to an image on the node is checked. */
export interface CredentialsConfiguration {
  /** The default checks only what this kubelet has pulled. */
  readonly imagePullCredentialsVerificationPolicy?: CredentialsVerificationPolicy;
  /** Repositories, or beginnings of images that end in `/` and a star. */
  readonly preloadedImagesVerificationAllowlist?: readonly string[];
}

export type CredentialsVerificationPolicy =
  | "NeverVerifyPreloadedImages"
  | "NeverVerify"
  | "NeverVerifyAllowlistedImages"
  | "AlwaysVerify";

/** What the pull manager looks at besides the image on the node. */
export interface PullCheck {
  readonly configuration?: CredentialsConfiguration | undefined;
  /** undefined: this kubelet has not pulled it. */
  readonly record: PulledRecord | undefined;
  /** Some pod's pull of this image is under way. */
  readonly isBeingPulled: boolean;
}

/**
 * Whether an image on the node must be pulled again before a pod may use it: its Secrets are
 * neither those of an earlier pull nor have the same login.
 * pkg/kubelet/images/pullmanager/image_pull_manager.go MustAttemptImagePull
 */
export function mustAttemptImagePull(
  image: { readonly name: string; readonly repository: string },
  { configuration, record, isBeingPulled }: PullCheck,
  credentials: readonly PullCredential[],
): boolean {
  const wasPulled = record !== undefined || isBeingPulled;
  if (!requiresVerification(image.name, wasPulled, configuration)) return false;
  const access = record?.[image.repository];
  if (access === undefined) return true;
  if (access.nodePodsAccessible) return false;
  return !credentials.some((mine) => access.secrets.some((theirs) => isSame(mine, theirs)));
}

/**
 * The record after a pull: without credentials the image is open to all; Secrets are collected.
 * image_pull_manager.go pulledRecordMergeNewCreds
 */
export function recordImagePulled(
  record: PulledRecord = {},
  repository: string,
  credential: PullCredential | undefined,
): PulledRecord {
  const before = record[repository] ?? { nodePodsAccessible: false, secrets: [] };
  if (before.nodePodsAccessible) return record;
  const open = { nodePodsAccessible: true, secrets: [] };
  if (credential === undefined) return { ...record, [repository]: open };
  const others = before.secrets.filter((one) => !isSameSecret(one, credential));
  return { ...record, [repository]: { ...before, secrets: [...others, credential] } };
}

/** pkg/kubelet/images/pullmanager/image_pull_policies.go RequireCredentialVerificationForImage */
function requiresVerification(
  image: string,
  wasPulled: boolean,
  configuration: CredentialsConfiguration = {},
): boolean {
  const { imagePullCredentialsVerificationPolicy: policy = "NeverVerifyPreloadedImages" } =
    configuration;
  switch (policy) {
    case "NeverVerify":
      return false;
    case "AlwaysVerify":
      return true;
    case "NeverVerifyAllowlistedImages": {
      const { preloadedImagesVerificationAllowlist: allowlist = [] } = configuration;
      return !allowlist.some((pattern) => matches(pattern, image));
    }
    case "NeverVerifyPreloadedImages":
      return wasPulled;
  }
}

function matches(pattern: string, image: string): boolean {
  return pattern.endsWith("/*") ? image.startsWith(pattern.slice(0, -1)) : image === pattern;
}

function isSame(one: PullCredential, other: PullCredential): boolean {
  return one.login === other.login || isSameSecret(one, other);
}

function isSameSecret(one: PullCredential, other: PullCredential): boolean {
  return one.uid === other.uid && one.namespace === other.namespace && one.name === other.name;
}
