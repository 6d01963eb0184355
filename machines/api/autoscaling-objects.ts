import type { LabelSelector } from "./label-selector.ts";
import type { KubeObject, QuantityText } from "./meta.ts";
import type { WorkloadCondition } from "./workload-objects.ts";

export interface HorizontalPodAutoscaler extends KubeObject {
  readonly kind: "HorizontalPodAutoscaler";
  readonly spec?: HorizontalPodAutoscalerSpec;
  readonly status?: {
    readonly observedGeneration?: number;
    readonly lastScaleTime?: string;
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly currentMetrics?: readonly MetricStatus[];
    readonly conditions?: readonly WorkloadCondition[];
  };
}

export interface HorizontalPodAutoscalerSpec {
  readonly scaleTargetRef?: CrossVersionObjectReference;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly metrics?: readonly MetricSpec[];
  readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules };
}

export interface CrossVersionObjectReference {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
}

export interface MetricSpec {
  readonly type: string;
  readonly object?: {
    readonly describedObject: CrossVersionObjectReference;
    readonly target: MetricTarget;
    readonly metric: MetricIdentifier;
  };
  readonly pods?: { readonly metric: MetricIdentifier; readonly target: MetricTarget };
  readonly resource?: { readonly name: string; readonly target: MetricTarget };
  readonly containerResource?: {
    readonly name: string;
    readonly container: string;
    readonly target: MetricTarget;
  };
  readonly external?: { readonly metric: MetricIdentifier; readonly target: MetricTarget };
}

export interface MetricIdentifier {
  readonly name: string;
  readonly selector?: LabelSelector;
}

export interface MetricTarget {
  readonly type: string;
  readonly value?: QuantityText;
  readonly averageValue?: QuantityText;
  readonly averageUtilization?: number;
}

export interface MetricStatus {
  readonly type: string;
  readonly object?: { readonly current: MetricValueStatus };
  readonly pods?: { readonly current: MetricValueStatus };
  readonly resource?: { readonly current: MetricValueStatus };
  readonly containerResource?: { readonly current: MetricValueStatus };
  readonly external?: { readonly current: MetricValueStatus };
}

export interface MetricValueStatus {
  readonly value?: QuantityText;
  readonly averageValue?: QuantityText;
  readonly averageUtilization?: number;
}

export interface ScalingRules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: "Max" | "Min" | "Disabled";
  readonly policies?: readonly {
    readonly type: "Pods" | "Percent";
    readonly value: number;
    readonly periodSeconds: number;
  }[];
  readonly tolerance?: QuantityText;
}
