/** What makes pods in Kubernetes 1.35.4's OpenAPI as field-type.ts reads it. */
export const workloadTypes = `
ContainerResourceMetricSource container:s name:s target:MetricTarget
ContainerResourceMetricStatus container:s current:MetricValueStatus name:s
ControllerRevision apiVersion:s data:* kind:s metadata:ObjectMeta revision:n
CronJob apiVersion:s kind:s metadata:ObjectMeta spec:CronJobSpec status:CronJobStatus
CronJobSpec concurrencyPolicy:s failedJobsHistoryLimit:n jobTemplate:JobTemplateSpec schedule:s
  startingDeadlineSeconds:n successfulJobsHistoryLimit:n suspend:b timeZone:s
CronJobStatus active:[]ObjectReference lastScheduleTime:u lastSuccessfulTime:u
CrossVersionObjectReference apiVersion:s kind:s name:s
DaemonSet apiVersion:s kind:s metadata:ObjectMeta spec:DaemonSetSpec status:DaemonSetStatus
DaemonSetCondition lastTransitionTime:u message:s reason:s status:s type:s
DaemonSetSpec minReadySeconds:n revisionHistoryLimit:n selector:LabelSelector
  template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy
DaemonSetStatus collisionCount:n conditions:[type=""]DaemonSetCondition currentNumberScheduled:n
  desiredNumberScheduled:n numberAvailable:n numberMisscheduled:n numberReady:n
  numberUnavailable:n observedGeneration:n updatedNumberScheduled:n
DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet type:s
Deployment apiVersion:s kind:s metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus
DeploymentCondition lastTransitionTime:u lastUpdateTime:u message:s reason:s status:s type:s
DeploymentSpec minReadySeconds:n paused:b progressDeadlineSeconds:n replicas:n
  revisionHistoryLimit:n selector:LabelSelector strategy:DeploymentStrategy
  template:PodTemplateSpec
DeploymentStatus availableReplicas:n collisionCount:n conditions:[type=""]DeploymentCondition
  observedGeneration:n readyReplicas:n replicas:n terminatingReplicas:n unavailableReplicas:n
  updatedReplicas:n
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type:s
ExternalMetricSource metric:MetricIdentifier target:MetricTarget
ExternalMetricStatus current:MetricValueStatus metric:MetricIdentifier
HPAScalingPolicy periodSeconds:n type:s value:n
HPAScalingRules policies:[]HPAScalingPolicy selectPolicy:s stabilizationWindowSeconds:n
  tolerance:u
HorizontalPodAutoscaler apiVersion:s kind:s metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec
  status:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerBehavior scaleDown:HPAScalingRules scaleUp:HPAScalingRules
HorizontalPodAutoscalerCondition lastTransitionTime:u message:s reason:s status:s type:s
HorizontalPodAutoscalerSpec behavior:HorizontalPodAutoscalerBehavior maxReplicas:n
  metrics:[]MetricSpec minReplicas:n scaleTargetRef:CrossVersionObjectReference
HorizontalPodAutoscalerStatus conditions:[type=""]HorizontalPodAutoscalerCondition
  currentMetrics:[]MetricStatus currentReplicas:n desiredReplicas:n lastScaleTime:u
  observedGeneration:n
Job apiVersion:s kind:s metadata:ObjectMeta spec:JobSpec status:JobStatus
JobCondition lastProbeTime:u lastTransitionTime:u message:s reason:s status:s type:s
JobSpec activeDeadlineSeconds:n backoffLimit:n backoffLimitPerIndex:n completionMode:s
  completions:n managedBy:s manualSelector:b maxFailedIndexes:n parallelism:n
  podFailurePolicy:PodFailurePolicy podReplacementPolicy:s selector:LabelSelector
  successPolicy:SuccessPolicy suspend:b template:PodTemplateSpec ttlSecondsAfterFinished:n
JobStatus active:n completedIndexes:s completionTime:u conditions:[]JobCondition failed:n
  failedIndexes:s ready:n startTime:u succeeded:n terminating:n
  uncountedTerminatedPods:UncountedTerminatedPods
JobTemplateSpec metadata:ObjectMeta spec:JobSpec
MetricIdentifier name:s selector:LabelSelector
MetricSpec containerResource:ContainerResourceMetricSource external:ExternalMetricSource
  object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type:s
MetricStatus containerResource:ContainerResourceMetricStatus external:ExternalMetricStatus
  object:ObjectMetricStatus pods:PodsMetricStatus resource:ResourceMetricStatus type:s
MetricTarget averageUtilization:n averageValue:u type:s value:u
MetricValueStatus averageUtilization:n averageValue:u value:u
ObjectMetricSource describedObject:CrossVersionObjectReference metric:MetricIdentifier
  target:MetricTarget
ObjectMetricStatus current:MetricValueStatus describedObject:CrossVersionObjectReference
  metric:MetricIdentifier
PodDisruptionBudget apiVersion:s kind:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec
  status:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec maxUnavailable:? minAvailable:? selector:LabelSelector
  unhealthyPodEvictionPolicy:s
PodDisruptionBudgetStatus conditions:[type=""]Condition currentHealthy:n desiredHealthy:n
  disruptedPods:{}u disruptionsAllowed:n expectedPods:n observedGeneration:n
PodFailurePolicy rules:[]PodFailurePolicyRule
PodFailurePolicyOnExitCodesRequirement containerName:s operator:s values:[=]n
PodFailurePolicyOnPodConditionsPattern status:s type:s
PodFailurePolicyRule action:s onExitCodes:PodFailurePolicyOnExitCodesRequirement
  onPodConditions:[]PodFailurePolicyOnPodConditionsPattern
PodsMetricSource metric:MetricIdentifier target:MetricTarget
PodsMetricStatus current:MetricValueStatus metric:MetricIdentifier
ReplicaSet apiVersion:s kind:s metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus
ReplicaSetCondition lastTransitionTime:u message:s reason:s status:s type:s
ReplicaSetSpec minReadySeconds:n replicas:n selector:LabelSelector template:PodTemplateSpec
ReplicaSetStatus availableReplicas:n conditions:[type=""]ReplicaSetCondition
  fullyLabeledReplicas:n observedGeneration:n readyReplicas:n replicas:n terminatingReplicas:n
ReplicationController apiVersion:s kind:s metadata:ObjectMeta spec:ReplicationControllerSpec
  status:ReplicationControllerStatus
ReplicationControllerCondition lastTransitionTime:u message:s reason:s status:s type:s
ReplicationControllerSpec minReadySeconds:n replicas:n selector:{!}s template:PodTemplateSpec
ReplicationControllerStatus availableReplicas:n conditions:[type=""]ReplicationControllerCondition
  fullyLabeledReplicas:n observedGeneration:n readyReplicas:n replicas:n
ResourceMetricSource name:s target:MetricTarget
ResourceMetricStatus current:MetricValueStatus name:s
RollingUpdateDaemonSet maxSurge:? maxUnavailable:?
RollingUpdateDeployment maxSurge:? maxUnavailable:?
RollingUpdateStatefulSetStrategy maxUnavailable:? partition:n
StatefulSet apiVersion:s kind:s metadata:ObjectMeta spec:StatefulSetSpec status:StatefulSetStatus
StatefulSetCondition lastTransitionTime:u message:s reason:s status:s type:s
StatefulSetOrdinals start:n
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
StatefulSetSpec minReadySeconds:n ordinals:StatefulSetOrdinals
  persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy
  podManagementPolicy:s replicas:n revisionHistoryLimit:n selector:LabelSelector serviceName:s
  template:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy
  volumeClaimTemplates:[]PersistentVolumeClaim
StatefulSetStatus availableReplicas:n collisionCount:n conditions:[type=""]StatefulSetCondition
  currentReplicas:n currentRevision:s observedGeneration:n readyReplicas:n replicas:n
  updateRevision:s updatedReplicas:n
StatefulSetUpdateStrategy rollingUpdate:RollingUpdateStatefulSetStrategy type:s
SuccessPolicy rules:[]SuccessPolicyRule
SuccessPolicyRule succeededCount:n succeededIndexes:s
UncountedTerminatedPods failed:[=]s succeeded:[=]s
`;
