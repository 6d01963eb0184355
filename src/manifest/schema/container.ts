import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const containerTypes: StructTypes = {
  Container: {
    "string!": "name",
    string: "image workingDir terminationMessagePath terminationMessagePolicy imagePullPolicy",
    "[]string": "command args",
    "[]ContainerPort": "ports",
    "[]EnvFromSource": "envFrom",
    "[]EnvVar": "env",
    "ResourceRequirements!": "resources",
    "[]ContainerResizePolicy": "resizePolicy",
    "*string": "restartPolicy",
    "[]ContainerRestartRule": "restartPolicyRules",
    "[]VolumeMount": "volumeMounts",
    "[]VolumeDevice": "volumeDevices",
    Probe: "livenessProbe readinessProbe startupProbe",
    Lifecycle: "lifecycle",
    SecurityContext: "securityContext",
    bool: "stdin stdinOnce tty",
  },
  ContainerPort: {
    string: "name protocol hostIP",
    int32: "hostPort",
    "int32!": "containerPort",
  },
  EnvFromSource: {
    string: "prefix",
    ConfigMapEnvSource: "configMapRef",
    SecretEnvSource: "secretRef",
  },
  ConfigMapEnvSource: {
    string: "name",
    "*bool": "optional",
  },
  SecretEnvSource: {
    string: "name",
    "*bool": "optional",
  },
  EnvVar: {
    "string!": "name",
    string: "value",
    EnvVarSource: "valueFrom",
  },
  EnvVarSource: {
    ObjectFieldSelector: "fieldRef",
    ResourceFieldSelector: "resourceFieldRef",
    ConfigMapKeySelector: "configMapKeyRef",
    SecretKeySelector: "secretKeyRef",
    FileKeySelector: "fileKeyRef",
  },
  ConfigMapKeySelector: {
    string: "name",
    "string!": "key",
    "*bool": "optional",
  },
  SecretKeySelector: {
    string: "name",
    "string!": "key",
    "*bool": "optional",
  },
  FileKeySelector: {
    "string!": "volumeName path key",
    "*bool": "optional",
  },
  ResourceRequirements: {
    "{}Quantity": "limits requests",
    "[]ResourceClaim": "claims",
  },
  ResourceClaim: {
    "string!": "name",
    string: "request",
  },
  ContainerResizePolicy: {
    "string!": "resourceName restartPolicy",
  },
  ContainerRestartRule: {
    string: "action",
    ContainerRestartRuleOnExitCodes: "exitCodes",
  },
  ContainerRestartRuleOnExitCodes: {
    string: "operator",
    "[]int32": "values",
  },
  VolumeMount: {
    "string!": "name mountPath",
    bool: "readOnly",
    "*string": "recursiveReadOnly mountPropagation",
    string: "subPath subPathExpr",
  },
  VolumeDevice: {
    "string!": "name devicePath",
  },
  Probe: {
    ExecAction: "exec",
    HTTPGetAction: "httpGet",
    TCPSocketAction: "tcpSocket",
    GRPCAction: "grpc",
    int32: `initialDelaySeconds timeoutSeconds periodSeconds successThreshold
      failureThreshold`,
    "*int64": "terminationGracePeriodSeconds",
  },
  ExecAction: {
    "[]string": "command",
  },
  HTTPGetAction: {
    string: "path host scheme",
    "IntOrString!": "port",
    "[]HTTPHeader": "httpHeaders",
  },
  HTTPHeader: {
    "string!": "name value",
  },
  TCPSocketAction: {
    "IntOrString!": "port",
    string: "host",
  },
  GRPCAction: {
    "int32!": "port",
    "*string": "service",
  },
  Lifecycle: {
    LifecycleHandler: "postStart preStop",
    "*string": "stopSignal",
  },
  LifecycleHandler: {
    ExecAction: "exec",
    HTTPGetAction: "httpGet",
    TCPSocketAction: "tcpSocket",
    SleepAction: "sleep",
  },
  SleepAction: {
    "int64!": "seconds",
  },
  SecurityContext: {
    Capabilities: "capabilities",
    "*bool": "privileged runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation",
    SELinuxOptions: "seLinuxOptions",
    WindowsSecurityContextOptions: "windowsOptions",
    "*int64": "runAsUser runAsGroup",
    "*string": "procMount",
    SeccompProfile: "seccompProfile",
    AppArmorProfile: "appArmorProfile",
  },
  Capabilities: {
    "[]string": "add drop",
  },
  SELinuxOptions: {
    string: "user role type level",
  },
  WindowsSecurityContextOptions: {
    "*string": "gmsaCredentialSpecName gmsaCredentialSpec runAsUserName",
    "*bool": "hostProcess",
  },
  SeccompProfile: {
    "string!": "type",
    "*string": "localhostProfile",
  },
  AppArmorProfile: {
    "string!": "type",
    "*string": "localhostProfile",
  },
  EphemeralContainer: {
    "string!": "name",
    string: `image workingDir terminationMessagePath terminationMessagePolicy imagePullPolicy
      targetContainerName`,
    "[]string": "command args",
    "[]ContainerPort": "ports",
    "[]EnvFromSource": "envFrom",
    "[]EnvVar": "env",
    "ResourceRequirements!": "resources",
    "[]ContainerResizePolicy": "resizePolicy",
    "*string": "restartPolicy",
    "[]ContainerRestartRule": "restartPolicyRules",
    "[]VolumeMount": "volumeMounts",
    "[]VolumeDevice": "volumeDevices",
    Probe: "livenessProbe readinessProbe startupProbe",
    Lifecycle: "lifecycle",
    SecurityContext: "securityContext",
    bool: "stdin stdinOnce tty",
  },
};
