import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const workloadsTypes: StructTypes = {
  Deployment: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "DeploymentSpec!": "spec",
    "DeploymentStatus!": "status",
  },
  DeploymentSpec: {
    "*int32": "replicas revisionHistoryLimit progressDeadlineSeconds",
    LabelSelector: "selector",
    "PodTemplateSpec!": "template",
    "DeploymentStrategy!": "strategy",
    int32: "minReadySeconds",
    bool: "paused",
  },
  PodTemplateSpec: {
    "ObjectMeta!": "metadata",
    "PodSpec!": "spec",
  },
  DeploymentStrategy: {
    string: "type",
    RollingUpdateDeployment: "rollingUpdate",
  },
  RollingUpdateDeployment: {
    IntOrString: "maxUnavailable maxSurge",
  },
  DeploymentStatus: {
    int64: "observedGeneration",
    int32: "replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas",
    "*int32": "terminatingReplicas collisionCount",
    "[]DeploymentCondition": "conditions",
  },
  DeploymentCondition: {
    "string!": "type status",
    Time: "lastUpdateTime lastTransitionTime",
    string: "reason message",
  },
  ReplicaSet: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "ReplicaSetSpec!": "spec",
    "ReplicaSetStatus!": "status",
  },
  ReplicaSetSpec: {
    "*int32": "replicas",
    int32: "minReadySeconds",
    LabelSelector: "selector",
    "PodTemplateSpec!": "template",
  },
  ReplicaSetStatus: {
    "int32!": "replicas",
    int32: "fullyLabeledReplicas readyReplicas availableReplicas",
    "*int32": "terminatingReplicas",
    int64: "observedGeneration",
    "[]ReplicaSetCondition": "conditions",
  },
  ReplicaSetCondition: {
    "string!": "type status",
    Time: "lastTransitionTime",
    string: "reason message",
  },
  StatefulSet: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "StatefulSetSpec!": "spec",
    "StatefulSetStatus!": "status",
  },
  StatefulSetSpec: {
    "*int32": "replicas revisionHistoryLimit",
    LabelSelector: "selector",
    "PodTemplateSpec!": "template",
    "[]PersistentVolumeClaim": "volumeClaimTemplates",
    "string!": "serviceName",
    string: "podManagementPolicy",
    "StatefulSetUpdateStrategy!": "updateStrategy",
    int32: "minReadySeconds",
    StatefulSetPersistentVolumeClaimRetentionPolicy: "persistentVolumeClaimRetentionPolicy",
    StatefulSetOrdinals: "ordinals",
  },
  StatefulSetUpdateStrategy: {
    string: "type",
    RollingUpdateStatefulSetStrategy: "rollingUpdate",
  },
  RollingUpdateStatefulSetStrategy: {
    "*int32": "partition",
    IntOrString: "maxUnavailable",
  },
  StatefulSetPersistentVolumeClaimRetentionPolicy: {
    string: "whenDeleted whenScaled",
  },
  StatefulSetOrdinals: {
    "int32!": "start",
  },
  StatefulSetStatus: {
    int64: "observedGeneration",
    "int32!": "replicas availableReplicas",
    int32: "readyReplicas currentReplicas updatedReplicas",
    string: "currentRevision updateRevision",
    "*int32": "collisionCount",
    "[]StatefulSetCondition": "conditions",
  },
  StatefulSetCondition: {
    "string!": "type status",
    Time: "lastTransitionTime",
    string: "reason message",
  },
  DaemonSet: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "DaemonSetSpec!": "spec",
    "DaemonSetStatus!": "status",
  },
  DaemonSetSpec: {
    LabelSelector: "selector",
    "PodTemplateSpec!": "template",
    "DaemonSetUpdateStrategy!": "updateStrategy",
    int32: "minReadySeconds",
    "*int32": "revisionHistoryLimit",
  },
  DaemonSetUpdateStrategy: {
    string: "type",
    RollingUpdateDaemonSet: "rollingUpdate",
  },
  RollingUpdateDaemonSet: {
    IntOrString: "maxUnavailable maxSurge",
  },
  DaemonSetStatus: {
    "int32!": "currentNumberScheduled numberMisscheduled desiredNumberScheduled numberReady",
    int64: "observedGeneration",
    int32: "updatedNumberScheduled numberAvailable numberUnavailable",
    "*int32": "collisionCount",
    "[]DaemonSetCondition": "conditions",
  },
  DaemonSetCondition: {
    "string!": "type status",
    Time: "lastTransitionTime",
    string: "reason message",
  },
  ControllerRevision: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    any: "data",
    "int64!": "revision",
  },
  ReplicationController: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "ReplicationControllerSpec!": "spec",
    "ReplicationControllerStatus!": "status",
  },
  ReplicationControllerSpec: {
    "*int32": "replicas",
    int32: "minReadySeconds",
    "{}string": "selector",
    PodTemplateSpec: "template",
  },
  ReplicationControllerStatus: {
    "int32!": "replicas",
    int32: "fullyLabeledReplicas readyReplicas availableReplicas",
    int64: "observedGeneration",
    "[]ReplicationControllerCondition": "conditions",
  },
  ReplicationControllerCondition: {
    "string!": "type status",
    Time: "lastTransitionTime",
    string: "reason message",
  },
  Job: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "JobSpec!": "spec",
    "JobStatus!": "status",
  },
  JobSpec: {
    "*int32": `parallelism completions backoffLimit backoffLimitPerIndex maxFailedIndexes
      ttlSecondsAfterFinished`,
    "*int64": "activeDeadlineSeconds",
    PodFailurePolicy: "podFailurePolicy",
    SuccessPolicy: "successPolicy",
    LabelSelector: "selector",
    "*bool": "manualSelector suspend",
    "PodTemplateSpec!": "template",
    "*string": "completionMode podReplacementPolicy managedBy",
  },
  PodFailurePolicy: {
    "[]PodFailurePolicyRule": "rules",
  },
  PodFailurePolicyRule: {
    "string!": "action",
    PodFailurePolicyOnExitCodesRequirement: "onExitCodes",
    "[]PodFailurePolicyOnPodConditionsPattern": "onPodConditions",
  },
  PodFailurePolicyOnExitCodesRequirement: {
    "*string": "containerName",
    "string!": "operator",
    "[]int32": "values",
  },
  PodFailurePolicyOnPodConditionsPattern: {
    "string!": "type status",
  },
  SuccessPolicy: {
    "[]SuccessPolicyRule": "rules",
  },
  SuccessPolicyRule: {
    "*string": "succeededIndexes",
    "*int32": "succeededCount",
  },
  JobStatus: {
    "[]JobCondition": "conditions",
    Time: "startTime completionTime",
    int32: "active succeeded failed",
    "*int32": "terminating ready",
    string: "completedIndexes",
    "*string": "failedIndexes",
    UncountedTerminatedPods: "uncountedTerminatedPods",
  },
  JobCondition: {
    "string!": "type status",
    Time: "lastProbeTime lastTransitionTime",
    string: "reason message",
  },
  UncountedTerminatedPods: {
    "[]string": "succeeded failed",
  },
  CronJob: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "CronJobSpec!": "spec",
    "CronJobStatus!": "status",
  },
  CronJobSpec: {
    "string!": "schedule",
    "*string": "timeZone",
    "*int64": "startingDeadlineSeconds",
    string: "concurrencyPolicy",
    "*bool": "suspend",
    "JobTemplateSpec!": "jobTemplate",
    "*int32": "successfulJobsHistoryLimit failedJobsHistoryLimit",
  },
  JobTemplateSpec: {
    "ObjectMeta!": "metadata",
    "JobSpec!": "spec",
  },
  CronJobStatus: {
    "[]ObjectReference": "active",
    Time: "lastScheduleTime lastSuccessfulTime",
  },
  ObjectReference: {
    string: "kind namespace name uid apiVersion resourceVersion fieldPath",
  },
};
