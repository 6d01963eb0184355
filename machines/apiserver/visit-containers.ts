import type { Container, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";

/** Init containers first, then the others; pkg/apis/core/pods VisitContainersWithPath. */
export function containersOf(
  spec: Unchecked<PodSpec>,
  path: string,
): readonly { readonly container: Unchecked<Container>; readonly path: string }[] {
  const kinds = ["initContainers", "containers", "ephemeralContainers"] as const;
  return kinds.flatMap((kind) => {
    return (spec[kind] ?? []).map((container, index) => {
      return { container, path: `${path}.${kind}[${index}]` };
    });
  });
}
