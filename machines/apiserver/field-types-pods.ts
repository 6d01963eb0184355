/** Pods and their containers, of Kubernetes 1.35.4's OpenAPI as field-type.ts reads it. */
export const podTypes = `
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
AppArmorProfile localhostProfile:s type:s
Capabilities add:[]s drop:[]s
ConfigMapEnvSource name:s optional:b
!ConfigMapKeySelector key:s name:s optional:b
Container args:[]s command:[]s env:[name=""]EnvVar envFrom:[]EnvFromSource image:s
  imagePullPolicy:s lifecycle:Lifecycle livenessProbe:Probe name:s
  ports:[containerPort=0,protocol="TCP"]ContainerPort readinessProbe:Probe
  resizePolicy:[]ContainerResizePolicy resources:ResourceRequirements restartPolicy:s
  restartPolicyRules:[]ContainerRestartRule securityContext:SecurityContext startupProbe:Probe
  stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:s tty:b
  volumeDevices:[devicePath=""]VolumeDevice volumeMounts:[mountPath=""]VolumeMount workingDir:s
ContainerExtendedResourceRequest containerName:s requestName:s resourceName:s
ContainerPort containerPort:n hostIP:s hostPort:n name:s protocol:s
ContainerResizePolicy resourceName:s restartPolicy:s
ContainerRestartRule action:s exitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:s values:[=]n
ContainerState running:ContainerStateRunning terminated:ContainerStateTerminated
  waiting:ContainerStateWaiting
ContainerStateRunning startedAt:u
ContainerStateTerminated containerID:s exitCode:n finishedAt:u message:s reason:s signal:n
  startedAt:u
ContainerStateWaiting message:s reason:s
ContainerStatus allocatedResources:{}u allocatedResourcesStatus:[name=""]ResourceStatus
  containerID:s image:s imageID:s lastState:ContainerState name:s ready:b
  resources:ResourceRequirements restartCount:n started:b state:ContainerState stopSignal:s
  user:ContainerUser volumeMounts:[mountPath=""]VolumeMountStatus
ContainerUser linux:LinuxContainerUser
EnvFromSource configMapRef:ConfigMapEnvSource prefix:s secretRef:SecretEnvSource
EnvVar name:s value:s valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector
  fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector
EphemeralContainer args:[]s command:[]s env:[name=""]EnvVar envFrom:[]EnvFromSource image:s
  imagePullPolicy:s lifecycle:Lifecycle livenessProbe:Probe name:s
  ports:[containerPort=0,protocol="TCP"]ContainerPort readinessProbe:Probe
  resizePolicy:[]ContainerResizePolicy resources:ResourceRequirements restartPolicy:s
  restartPolicyRules:[]ContainerRestartRule securityContext:SecurityContext startupProbe:Probe
  stdin:b stdinOnce:b targetContainerName:s terminationMessagePath:s terminationMessagePolicy:s
  tty:b volumeDevices:[devicePath=""]VolumeDevice volumeMounts:[mountPath=""]VolumeMount
  workingDir:s
ExecAction command:[]s
!FileKeySelector key:s optional:b path:s volumeName:s
GRPCAction port:n service:s
HTTPGetAction host:s httpHeaders:[]HTTPHeader path:s port:? scheme:s
HTTPHeader name:s value:s
HostAlias hostnames:[]s ip:s
HostIP ip:s
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:s
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
LinuxContainerUser gid:n supplementalGroups:[]n uid:n
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm
  requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
Pod apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:PodStatus
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
  requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[]s mismatchLabelKeys:[]s
  namespaceSelector:LabelSelector namespaces:[]s topologyKey:s
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
  requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
PodCondition lastProbeTime:u lastTransitionTime:u message:s observedGeneration:n reason:s status:s
  type:s
PodDNSConfig nameservers:[]s options:[]PodDNSConfigOption searches:[]s
PodDNSConfigOption name:s value:s
PodExtendedResourceClaimStatus requestMappings:[]ContainerExtendedResourceRequest
  resourceClaimName:s
PodIP ip:s
PodOS name:s
PodReadinessGate conditionType:s
PodResourceClaim name:s resourceClaimName:s resourceClaimTemplateName:s
PodResourceClaimStatus name:s resourceClaimName:s
PodSchedulingGate name:s
PodSecurityContext appArmorProfile:AppArmorProfile fsGroup:n fsGroupChangePolicy:s runAsGroup:n
  runAsNonRoot:b runAsUser:n seLinuxChangePolicy:s seLinuxOptions:SELinuxOptions
  seccompProfile:SeccompProfile supplementalGroups:[]n supplementalGroupsPolicy:s sysctls:[]Sysctl
  windowsOptions:WindowsSecurityContextOptions
PodSpec activeDeadlineSeconds:n affinity:Affinity automountServiceAccountToken:b
  containers:[name=""]Container dnsConfig:PodDNSConfig dnsPolicy:s enableServiceLinks:b
  ephemeralContainers:[name=""]EphemeralContainer hostAliases:[ip=""]HostAlias hostIPC:b
  hostNetwork:b hostPID:b hostUsers:b hostname:s hostnameOverride:s
  imagePullSecrets:[name=""]LocalObjectReference initContainers:[name=""]Container nodeName:s
  nodeSelector:{!}s os:PodOS overhead:{}u preemptionPolicy:s priority:n priorityClassName:s
  readinessGates:[]PodReadinessGate resourceClaims:[name=""]PodResourceClaim
  resources:ResourceRequirements restartPolicy:s runtimeClassName:s schedulerName:s
  schedulingGates:[name=""]PodSchedulingGate securityContext:PodSecurityContext serviceAccount:s
  serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s
  terminationGracePeriodSeconds:n tolerations:[]Toleration
  topologySpreadConstraints:[topologyKey="",whenUnsatisfiable=""]TopologySpreadConstraint
  volumes:[name=""]Volume workloadRef:WorkloadReference
PodStatus allocatedResources:{}u conditions:[type=""]PodCondition
  containerStatuses:[]ContainerStatus ephemeralContainerStatuses:[]ContainerStatus
  extendedResourceClaimStatus:PodExtendedResourceClaimStatus hostIP:s hostIPs:[]HostIP
  initContainerStatuses:[]ContainerStatus message:s nominatedNodeName:s observedGeneration:n
  phase:s podIP:s podIPs:[ip=""]PodIP qosClass:s reason:s resize:s
  resourceClaimStatuses:[name=""]PodResourceClaimStatus resources:ResourceRequirements startTime:u
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PreferredSchedulingTerm preference:NodeSelectorTerm weight:n
Probe exec:ExecAction failureThreshold:n grpc:GRPCAction httpGet:HTTPGetAction
  initialDelaySeconds:n periodSeconds:n successThreshold:n tcpSocket:TCPSocketAction
  terminationGracePeriodSeconds:n timeoutSeconds:n
ResourceClaim name:s request:s
ResourceHealth health:s resourceID:s
ResourceRequirements claims:[name=""]ResourceClaim limits:{}u requests:{}u
ResourceStatus name:s resources:[resourceID=""]ResourceHealth
SELinuxOptions level:s role:s type:s user:s
SeccompProfile localhostProfile:s type:s
SecretEnvSource name:s optional:b
!SecretKeySelector key:s name:s optional:b
SecurityContext allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile
  capabilities:Capabilities privileged:b procMount:s readOnlyRootFilesystem:b runAsGroup:n
  runAsNonRoot:b runAsUser:n seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile
  windowsOptions:WindowsSecurityContextOptions
SleepAction seconds:n
Sysctl name:s value:s
TCPSocketAction host:s port:?
Toleration effect:s key:s operator:s tolerationSeconds:n value:s
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[]s maxSkew:n minDomains:n
  nodeAffinityPolicy:s nodeTaintsPolicy:s topologyKey:s whenUnsatisfiable:s
VolumeDevice devicePath:s name:s
VolumeMount mountPath:s mountPropagation:s name:s readOnly:b recursiveReadOnly:s subPath:s
  subPathExpr:s
VolumeMountStatus mountPath:s name:s readOnly:b recursiveReadOnly:s
WeightedPodAffinityTerm podAffinityTerm:PodAffinityTerm weight:n
WindowsSecurityContextOptions gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b
  runAsUserName:s
WorkloadReference name:s podGroup:s podGroupReplicaKey:s
`;
