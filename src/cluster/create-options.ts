import type { Minor } from "../../machines/feature-gates.ts";
import type { Scenario } from "../manifest/scenario.ts";
import type { ControlPlane } from "../manifest/scenario/components.ts";
import type { CustomController } from "../system/custom-controller.ts";
import type { WebhookPrograms } from "./webhook-programs.ts";

export interface CreateClusterOptions {
  /** How many; one unless it is said. */
  readonly nodes?: number;
  /** Draws what nobody has said; without one everything takes its usual course. */
  readonly seed?: number;
  /** The Kubernetes minor whose machines run. */
  readonly version?: Minor;
  /** What the environment answers, and what users and faults do. */
  readonly scenario?: Scenario;
  /** Several controller managers and schedulers, which elect who leads; else one each. */
  readonly controlPlane?: ControlPlane;
  /** RFC 3339; the wall clock at the start. */
  readonly startTime?: string;
  /** Kinds that nobody has defined are kept, versioned and watched without behaviour. */
  readonly opaque?: boolean;
  /** The programs behind webhooks of admission, by the webhooks' names: pure functions. */
  readonly webhooks?: WebhookPrograms;
  /** Controllers of one's own, beside those of kube-controller-manager. */
  readonly controllers?: readonly CustomController[];
  /** How the nodes' kube-proxies make their rules; iptables unless it is said. */
  readonly proxyMode?: "iptables" | "ipvs";
}
