import type { KubeObject } from "../../../machines/api/meta.ts";
import type { RuntimeClass } from "../../../machines/api/configuration-objects.ts";
import type { PodSide } from "../../system/pod-side.ts";
import type { KubeWorld } from "../../system/world.ts";

/**
 * Why no sandbox can be made for a pod's RuntimeClass: it is gone, or it names a handler that the
 * node's runtime lacks. pkg/kubelet/runtimeclass/runtimeclass_manager.go LookupRuntimeHandler
 */
export function runtimeHandlerError(
  world: KubeWorld,
  { pod, node }: Pick<PodSide, "pod" | "node">,
): string | undefined {
  const { runtimeClassName = "" } = pod.spec;
  if (runtimeClassName === "") return undefined;
  const found = world.store.get("RuntimeClass", runtimeClassName);
  if (found === undefined || !isRuntimeClass(found)) {
    return `runtimeclass.node.k8s.io ${JSON.stringify(runtimeClassName)} not found`;
  }
  const { runtimeHandlers = usualHandlers } = world.nodeObject(node)?.status ?? {};
  if (runtimeHandlers.some(({ name = "" }) => name === found.handler)) return undefined;
  return `${noRuntime}: no runtime for ${JSON.stringify(found.handler)} is configured`;
}

/** containerd internal/cri/server/sandbox_run.go RunPodSandbox */
const noRuntime = "rpc error: code = Unknown desc = failed to get sandbox runtime";

/** What containerd has where nobody has configured it. */
const usualHandlers: readonly { readonly name?: string }[] = [{}, { name: "runc" }];

function isRuntimeClass(object: KubeObject): object is RuntimeClass {
  return object.kind === "RuntimeClass";
}
