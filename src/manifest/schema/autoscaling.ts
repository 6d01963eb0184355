import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const autoscalingTypes: StructTypes = {
  HorizontalPodAutoscaler: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "HorizontalPodAutoscalerSpec!": "spec",
    "HorizontalPodAutoscalerStatus!": "status",
  },
  HorizontalPodAutoscalerSpec: {
    "CrossVersionObjectReference!": "scaleTargetRef",
    "*int32": "minReplicas",
    "int32!": "maxReplicas",
    "[]MetricSpec": "metrics",
    HorizontalPodAutoscalerBehavior: "behavior",
  },
  CrossVersionObjectReference: {
    "string!": "kind name",
    string: "apiVersion",
  },
  MetricSpec: {
    "string!": "type",
    ObjectMetricSource: "object",
    PodsMetricSource: "pods",
    ResourceMetricSource: "resource",
    ContainerResourceMetricSource: "containerResource",
    ExternalMetricSource: "external",
  },
  ObjectMetricSource: {
    "CrossVersionObjectReference!": "describedObject",
    "MetricTarget!": "target",
    "MetricIdentifier!": "metric",
  },
  MetricTarget: {
    "string!": "type",
    Quantity: "value averageValue",
    "*int32": "averageUtilization",
  },
  MetricIdentifier: {
    "string!": "name",
    LabelSelector: "selector",
  },
  PodsMetricSource: {
    "MetricIdentifier!": "metric",
    "MetricTarget!": "target",
  },
  ResourceMetricSource: {
    "string!": "name",
    "MetricTarget!": "target",
  },
  ContainerResourceMetricSource: {
    "string!": "name container",
    "MetricTarget!": "target",
  },
  ExternalMetricSource: {
    "MetricIdentifier!": "metric",
    "MetricTarget!": "target",
  },
  HorizontalPodAutoscalerBehavior: {
    HPAScalingRules: "scaleUp scaleDown",
  },
  HPAScalingRules: {
    "*int32": "stabilizationWindowSeconds",
    "*string": "selectPolicy",
    "[]HPAScalingPolicy": "policies",
    Quantity: "tolerance",
  },
  HPAScalingPolicy: {
    "string!": "type",
    "int32!": "value periodSeconds",
  },
  HorizontalPodAutoscalerStatus: {
    "*int64": "observedGeneration",
    Time: "lastScaleTime",
    int32: "currentReplicas",
    "int32!": "desiredReplicas",
    "[]MetricStatus": "currentMetrics",
    "[]HorizontalPodAutoscalerCondition": "conditions",
  },
  MetricStatus: {
    "string!": "type",
    ObjectMetricStatus: "object",
    PodsMetricStatus: "pods",
    ResourceMetricStatus: "resource",
    ContainerResourceMetricStatus: "containerResource",
    ExternalMetricStatus: "external",
  },
  ObjectMetricStatus: {
    "MetricIdentifier!": "metric",
    "MetricValueStatus!": "current",
    "CrossVersionObjectReference!": "describedObject",
  },
  MetricValueStatus: {
    Quantity: "value averageValue",
    "*int32": "averageUtilization",
  },
  PodsMetricStatus: {
    "MetricIdentifier!": "metric",
    "MetricValueStatus!": "current",
  },
  ResourceMetricStatus: {
    "string!": "name",
    "MetricValueStatus!": "current",
  },
  ContainerResourceMetricStatus: {
    "string!": "name container",
    "MetricValueStatus!": "current",
  },
  ExternalMetricStatus: {
    "MetricIdentifier!": "metric",
    "MetricValueStatus!": "current",
  },
  HorizontalPodAutoscalerCondition: {
    "string!": "type status",
    Time: "lastTransitionTime",
    string: "reason message",
  },
};
