import type { LabelSelector } from "./label-selector.ts";
import type { KubeObject, ObjectMeta } from "./meta.ts";
import type { ConditionStatus } from "./pod-status.ts";
import type { PodTemplateSpec } from "./workload-objects.ts";

export interface Job extends KubeObject {
  readonly kind: "Job";
  readonly spec?: JobSpec;
  readonly status?: JobStatus;
}

export interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly activeDeadlineSeconds?: number;
  readonly podFailurePolicy?: PodFailurePolicy;
  readonly successPolicy?: { readonly rules?: readonly SuccessPolicyRule[] };
  readonly backoffLimit?: number;
  readonly backoffLimitPerIndex?: number;
  readonly maxFailedIndexes?: number;
  readonly selector?: LabelSelector;
  readonly manualSelector?: boolean;
  readonly template?: PodTemplateSpec;
  readonly ttlSecondsAfterFinished?: number;
  readonly completionMode?: "NonIndexed" | "Indexed";
  readonly suspend?: boolean;
  readonly podReplacementPolicy?: "TerminatingOrFailed" | "Failed";
  readonly managedBy?: string;
}

export interface PodFailurePolicy {
  readonly rules?: readonly PodFailurePolicyRule[];
}

export interface PodFailurePolicyRule {
  readonly action: "FailJob" | "FailIndex" | "Ignore" | "Count";
  readonly onExitCodes?: {
    readonly containerName?: string;
    readonly operator: "In" | "NotIn";
    readonly values?: readonly number[];
  };
  readonly onPodConditions?: readonly {
    readonly type: string;
    readonly status?: ConditionStatus;
  }[];
}

export interface SuccessPolicyRule {
  readonly succeededIndexes?: string;
  readonly succeededCount?: number;
}

export interface JobStatus {
  readonly conditions?: readonly JobCondition[];
  readonly startTime?: string;
  readonly completionTime?: string;
  readonly active?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly terminating?: number;
  readonly ready?: number;
  readonly completedIndexes?: string;
  readonly failedIndexes?: string;
  readonly uncountedTerminatedPods?: {
    readonly succeeded?: readonly string[];
    readonly failed?: readonly string[];
  };
}

export interface JobCondition {
  readonly type: "Suspended" | "Complete" | "Failed" | "FailureTarget" | "SuccessCriteriaMet";
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
  readonly lastProbeTime?: string | null;
  readonly lastTransitionTime?: string | null;
}

export interface CronJob extends KubeObject {
  readonly kind: "CronJob";
  readonly spec?: CronJobSpec;
  readonly status?: {
    readonly active?: readonly { readonly name?: string; readonly uid?: string }[];
    readonly lastScheduleTime?: string;
    readonly lastSuccessfulTime?: string;
  };
}

export interface CronJobSpec {
  readonly schedule: string;
  readonly timeZone?: string;
  readonly startingDeadlineSeconds?: number;
  readonly concurrencyPolicy?: "Allow" | "Forbid" | "Replace";
  readonly suspend?: boolean;
  readonly jobTemplate?: JobTemplateSpec;
  readonly successfulJobsHistoryLimit?: number;
  readonly failedJobsHistoryLimit?: number;
}

export interface JobTemplateSpec {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: JobSpec;
}
