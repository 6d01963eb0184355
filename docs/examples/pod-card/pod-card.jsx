/** @jsxRuntime automatic */
import { useActor } from "@xstate/react";
import { clusterLogic } from "kubechart";
import { useEffect, useRef } from "react";

/** The pods of a cluster that lives in this page; `speed` is how fast, 1 as fast as a real one. */
export function PodCards({ objects, scenario, speed = 1 }) {
  const [{ cluster }, send] = useActor(clusterLogic, { input: { objects, scenario } });
  const now = useRef(0);
  useEffect(() => {
    const clock = setInterval(() => {
      now.current += 100 * speed;
      send({ type: "advance", toMs: now.current });
    }, 100);
    return () => clearInterval(clock);
  }, [send, speed]);
  return cluster.list("Pod").map((pod) => (
    <PodCard key={pod.metadata.uid} pod={pod} onDelete={() => send(deletionOf(pod))} />
  ));
}

function PodCard({ pod, onDelete }) {
  const { metadata, status = {} } = pod;
  const [{ restartCount = 0, state = {} } = {}] = status.containerStatuses ?? [];
  const reason = state.waiting?.reason ?? state.terminated?.reason ?? status.phase;
  return (
    <article>
      <h2>{metadata.name}</h2>
      <p data-testid="status">{reason}</p>
      <p data-testid="restarts">{restartCount} restarts</p>
      <button type="button" onClick={onDelete}>
        Delete
      </button>
    </article>
  );
}

function deletionOf({ metadata: { namespace = "default", name } }) {
  return { type: "delete", kind: "Pod", key: `${namespace}/${name}` };
}
