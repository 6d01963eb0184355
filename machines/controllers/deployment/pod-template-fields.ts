/** A pod template, as in Go v1.35.4; written by test/support/go-fields-from-go.ts. */
export const podTemplateFields = `
PodTemplateSpec ObjectMeta=metadata:ObjectMeta spec:PodSpec
PodSpec volumes:[]Volume initContainers:[]Container containers:[]Container
  ephemeralContainers:[]EphemeralContainer restartPolicy:RestartPolicy
  terminationGracePeriodSeconds:*int64 activeDeadlineSeconds:*int64 DNSPolicy=dnsPolicy:DNSPolicy
  nodeSelector:map[string]string serviceAccountName:string
  DeprecatedServiceAccount=serviceAccount:string automountServiceAccountToken:*bool nodeName:string
  hostNetwork:bool hostPID:bool hostIPC:bool shareProcessNamespace:*bool
  securityContext:*PodSecurityContext imagePullSecrets:[]LocalObjectReference hostname:string
  subdomain:string affinity:*Affinity schedulerName:string tolerations:[]Toleration
  hostAliases:[]HostAlias priorityClassName:string priority:*int32
  DNSConfig=dnsConfig:*PodDNSConfig readinessGates:[]PodReadinessGate runtimeClassName:*string
  enableServiceLinks:*bool preemptionPolicy:*PreemptionPolicy overhead:ResourceList
  topologySpreadConstraints:[]TopologySpreadConstraint setHostnameAsFQDN:*bool OS=os:*PodOS
  hostUsers:*bool schedulingGates:[]PodSchedulingGate resourceClaims:[]PodResourceClaim
  resources:*ResourceRequirements hostnameOverride:*string workloadRef:*WorkloadReference
Container name:string image:string command:[]string args:[]string workingDir:string
  ports:[]ContainerPort envFrom:[]EnvFromSource env:[]EnvVar resources:ResourceRequirements
  resizePolicy:[]ContainerResizePolicy restartPolicy:*ContainerRestartPolicy
  restartPolicyRules:[]ContainerRestartRule volumeMounts:[]VolumeMount volumeDevices:[]VolumeDevice
  livenessProbe:*Probe readinessProbe:*Probe startupProbe:*Probe lifecycle:*Lifecycle
  terminationMessagePath:string terminationMessagePolicy:TerminationMessagePolicy
  imagePullPolicy:PullPolicy securityContext:*SecurityContext stdin:bool stdinOnce:bool
  TTY=tty:bool
ContainerPort name:string hostPort:int32 containerPort:int32 protocol:Protocol hostIP:string
EnvFromSource prefix:string configMapRef:*ConfigMapEnvSource secretRef:*SecretEnvSource
ConfigMapEnvSource +LocalObjectReference optional:*bool
SecretEnvSource +LocalObjectReference optional:*bool
EnvVar name:string value:string valueFrom:*EnvVarSource
EnvVarSource fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector
  configMapKeyRef:*ConfigMapKeySelector secretKeyRef:*SecretKeySelector fileKeyRef:*FileKeySelector
ConfigMapKeySelector +LocalObjectReference key:string optional:*bool
SecretKeySelector +LocalObjectReference key:string optional:*bool
FileKeySelector volumeName:string path:string key:string optional:*bool
ResourceRequirements limits:ResourceList requests:ResourceList claims:[]ResourceClaim
ResourceClaim name:string request:string
ContainerResizePolicy resourceName:ResourceName restartPolicy:ResourceResizeRestartPolicy
ContainerRestartRule action:ContainerRestartRuleAction exitCodes:*ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:ContainerRestartRuleOnExitCodesOperator values:[]int32
VolumeMount name:string readOnly:bool recursiveReadOnly:*RecursiveReadOnlyMode mountPath:string
  subPath:string mountPropagation:*MountPropagationMode subPathExpr:string
VolumeDevice name:string devicePath:string
Probe +ProbeHandler initialDelaySeconds:int32 timeoutSeconds:int32 periodSeconds:int32
  successThreshold:int32 failureThreshold:int32 terminationGracePeriodSeconds:*int64
ProbeHandler exec:*ExecAction HTTPGet=httpGet:*HTTPGetAction TCPSocket=tcpSocket:*TCPSocketAction
  GRPC=grpc:*GRPCAction
ExecAction command:[]string
HTTPGetAction path:string port:intstr.IntOrString host:string scheme:URIScheme
  HTTPHeaders=httpHeaders:[]HTTPHeader
HTTPHeader name:string value:string
TCPSocketAction port:intstr.IntOrString host:string
GRPCAction port:int32 service:*string
Lifecycle postStart:*LifecycleHandler preStop:*LifecycleHandler stopSignal:*Signal
LifecycleHandler exec:*ExecAction HTTPGet=httpGet:*HTTPGetAction
  TCPSocket=tcpSocket:*TCPSocketAction sleep:*SleepAction
SleepAction seconds:int64
SecurityContext capabilities:*Capabilities privileged:*bool
  SELinuxOptions=seLinuxOptions:*SELinuxOptions windowsOptions:*WindowsSecurityContextOptions
  runAsUser:*int64 runAsGroup:*int64 runAsNonRoot:*bool readOnlyRootFilesystem:*bool
  allowPrivilegeEscalation:*bool procMount:*ProcMountType seccompProfile:*SeccompProfile
  appArmorProfile:*AppArmorProfile
Capabilities add:[]Capability drop:[]Capability
SELinuxOptions user:string role:string type:string level:string
WindowsSecurityContextOptions GMSACredentialSpecName=gmsaCredentialSpecName:*string
  GMSACredentialSpec=gmsaCredentialSpec:*string runAsUserName:*string hostProcess:*bool
SeccompProfile type:SeccompProfileType localhostProfile:*string
AppArmorProfile type:AppArmorProfileType localhostProfile:*string
EphemeralContainer +EphemeralContainerCommon targetContainerName:string
EphemeralContainerCommon name:string image:string command:[]string args:[]string workingDir:string
  ports:[]ContainerPort envFrom:[]EnvFromSource env:[]EnvVar resources:ResourceRequirements
  resizePolicy:[]ContainerResizePolicy restartPolicy:*ContainerRestartPolicy
  restartPolicyRules:[]ContainerRestartRule volumeMounts:[]VolumeMount volumeDevices:[]VolumeDevice
  livenessProbe:*Probe readinessProbe:*Probe startupProbe:*Probe lifecycle:*Lifecycle
  terminationMessagePath:string terminationMessagePolicy:TerminationMessagePolicy
  imagePullPolicy:PullPolicy securityContext:*SecurityContext stdin:bool stdinOnce:bool
  TTY=tty:bool
PodSecurityContext SELinuxOptions=seLinuxOptions:*SELinuxOptions
  windowsOptions:*WindowsSecurityContextOptions runAsUser:*int64 runAsGroup:*int64
  runAsNonRoot:*bool supplementalGroups:[]int64 supplementalGroupsPolicy:*SupplementalGroupsPolicy
  FSGroup=fsGroup:*int64 sysctls:[]Sysctl
  FSGroupChangePolicy=fsGroupChangePolicy:*PodFSGroupChangePolicy seccompProfile:*SeccompProfile
  appArmorProfile:*AppArmorProfile SELinuxChangePolicy=seLinuxChangePolicy:*PodSELinuxChangePolicy
Sysctl name:string value:string
Affinity nodeAffinity:*NodeAffinity podAffinity:*PodAffinity podAntiAffinity:*PodAntiAffinity
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:*NodeSelector
  preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm
NodeSelector nodeSelectorTerms:[]NodeSelectorTerm
NodeSelectorTerm matchExpressions:[]NodeSelectorRequirement matchFields:[]NodeSelectorRequirement
NodeSelectorRequirement key:string operator:NodeSelectorOperator values:[]string
PreferredSchedulingTerm weight:int32 preference:NodeSelectorTerm
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
  preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodAffinityTerm labelSelector:*LabelSelector namespaces:[]string topologyKey:string
  namespaceSelector:*LabelSelector matchLabelKeys:[]string mismatchLabelKeys:[]string
WeightedPodAffinityTerm weight:int32 podAffinityTerm:PodAffinityTerm
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
  preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
Toleration key:string operator:TolerationOperator value:string effect:TaintEffect
  tolerationSeconds:*int64
HostAlias IP=ip:string hostnames:[]string
PodDNSConfig nameservers:[]string searches:[]string options:[]PodDNSConfigOption
PodDNSConfigOption name:string value:*string
PodReadinessGate conditionType:PodConditionType
TopologySpreadConstraint maxSkew:int32 topologyKey:string
  whenUnsatisfiable:UnsatisfiableConstraintAction labelSelector:*LabelSelector minDomains:*int32
  nodeAffinityPolicy:*NodeInclusionPolicy nodeTaintsPolicy:*NodeInclusionPolicy
  matchLabelKeys:[]string
PodOS name:OSName
PodSchedulingGate name:string
PodResourceClaim name:string resourceClaimName:*string resourceClaimTemplateName:*string
WorkloadReference name:string podGroup:string podGroupReplicaKey:string
`;
