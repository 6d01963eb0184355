/**
 * Why a start failed: what the reason cache holds and `state.waiting.reason` shows.
 * pkg/kubelet/container/sync_result.go, pkg/kubelet/images/types.go, kuberuntime_container.go
 */
export type StartRefusal =
  | "ErrImagePull"
  | "ImagePullBackOff"
  | "ErrImageNeverPull"
  | "InvalidImageName"
  | "ImageInspectError"
  | "RegistryUnavailable"
  | "SignatureValidationFailed"
  | "CreateContainerConfigError"
  | "CreateContainerError"
  | "RunContainerError"
  | "PostStartHookError"
  | "CrashLoopBackOff";
