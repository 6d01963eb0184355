import { validatePodStatusUpdate } from "../../machines/apiserver/validation-pod-status.ts";
import { ofEachStep, type Property } from "./property.ts";
import { withContainer } from "./wrong-pods.ts";

/** What the API server would refuse to write. */
export const statusUpdateProperties: readonly Property[] = [
  ofEachStep(
    "a pod's status always changes as the API server allows it to",
    (before, after) => {
      const { metadata, spec } = before;
      return validatePodStatusUpdate({ ...after, metadata, spec }, before).length === 0;
    },
    (pod) =>
      pod.spec.restartPolicy === "Never"
        ? withContainer(pod, ({ state }) =>
            state?.terminated === undefined ? undefined : { state: { running: {} } },
          )
        : undefined,
  ),
];
