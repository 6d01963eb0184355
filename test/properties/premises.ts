/**
 * A recorded life, by property, in which its premise holds: what it is about happens there, and the
 * property's mutant breaks it there.
 */
export const premises: Readonly<Record<string, string>> = {
  "a pod's phase never leaves Succeeded or Failed": "completed-once",
  "a pod with a reported status always has a phase": "simple-run",
  "no container ever runs in a pod that has Succeeded or Failed": "completed-once",
  "every regular container of a pod that has Succeeded has always ended with exit code 0":
    "completed-once",
  "a pod whose reason is Evicted has always Succeeded or Failed": "evict-emptydir",
  "a pod that has Succeeded or Failed is never Ready": "completed-once",
  "a regular container always starts first after the init containers ended and sidecars started":
    "sidecar",
  "an init container always starts first after the ones before it have ended or started": "init-ok",
  "ordinary init containers never run side by side": "init-ok",
  "a container's state is always one of waiting, running and terminated": "simple-run",
  "a running container always has an id, an image and a start time": "simple-run",
  "an ended container always has a reason, Completed only with exit code 0, Error never with it":
    "exit-codes",
  "an ended container never finished before it started": "exit-codes",
  "a container waits in CrashLoopBackOff only after it has ended, never before": "crash-loop",
  "a regular container or sidecar that is ready always runs": "sidecar",
  "an ordinary init container that is ready has always succeeded, now or the time before":
    "init-ok",
  "a container that has started always runs": "simple-run",
  "a container that runs without a startup probe has always started": "simple-run",
  "the statuses of regular containers always stand in order of name, of init containers as given":
    "exit-codes",
  "a regular container's restartCount never falls": "crash-loop",
  "an init container's restartCount never falls but in another sandbox than its pod's first":
    "init-crash-loop",
  "a container's containerID only ever changes with its restartCount or its pod's sandbox":
    "crash-loop",
  "a container's restartCount only ever grows with another containerID or the loss of one":
    "crash-loop",
  "a regular container that has ended never runs again but as a restart": "exit-codes",
  "an ended container of a pod with restartPolicy Never always stays ended": "two-containers-never",
  "a container of a pod with restartPolicy OnFailure always stays ended once it has succeeded":
    "onfailure-init-fails",
  "what a pod's status says of the end of one process never changes": "simple-run",
  "one process never has two start times": "simple-run",
  "a container never starts before its last process has ended": "crash-loop",
  "a condition's lastTransitionTime only ever moves when its status changes": "simple-run",
  "a condition's lastTransitionTime never goes back": "simple-run",
  "there is never more than one condition of a type": "simple-run",
  "a pod whose containers have statuses always has all conditions that its kubelet computes":
    "simple-run",
  "a pod whose containers have statuses is always PodScheduled": "simple-run",
  "a pod that is Ready is always ContainersReady": "simple-run",
  "a pod that is ContainersReady is always Initialized": "simple-run",
  "every regular container and sidecar of a pod that is ContainersReady is always ready": "sidecar",
  "a pod that is not ContainersReady always says why": "simple-run",
  "a pod that is PodReadyToStartContainers always has an address": "simple-run",
  "the generation that a status was made from never falls, and is never ahead of its pod's":
    "resize-up",
  "a UID never comes back once its pod is gone": "terminate-force",
  "a pod never changes its name, namespace or time of creation": "simple-run",
  "a pod's node never changes": "simple-run",
  "a pod's startTime never changes": "simple-run",
  "a pod's QoS class never changes": "simple-run",
  "a pod's resourceVersion always grows": "simple-run",
  "a pod's generation never falls": "resize-up",
  "a pod whose containers have statuses always has a start time and a QoS class": "simple-run",
  "the first of a pod's addresses is always its podIP, the first of its host's the hostIP":
    "simple-run",
  "a pod of which a container runs always has an address, and its host has one": "simple-run",
  "a pod in its host's network always has its host's address": "simple-run",
  "a pod's address only ever changes with a new sandbox, in which every container is another":
    "sandbox-killed",
  "two pods that have not ended never share an address": "exit-codes",
  "a pod that is being deleted never stops being so": "terminate-graceful",
  "the grace period of a deletion never grows": "terminate-graceful",
  "a pod never goes but by a deletion whose grace period is 0": "terminate-graceful",
  "a deleted pod is always gone soon after its grace, if its kubelet lives and can stop it":
    "terminate-graceful",
  "a kubelet's Event of a pod always names the UID of a pod that is or was": "simple-run",
  "a kubelet's Event of a container always names one of its pod's": "simple-run",
  "an Event never changes what it is about, nor since when": "simple-run",
  "an Event's count and its lastTimestamp never fall": "simple-run",
  "an Event that happened once always has the same first and last time, else first comes first":
    "simple-run",
  "an Event always has a type, a reason and a message": "simple-run",
  "an Event always lives beside its object, and its name begins with the object's": "simple-run",
  "a kubelet first says of a container Pulled, then Created, then Started, always so": "simple-run",
  "a kubelet never writes more Events of a type about a pod than its spam filter lets through":
    "crash-loop",
  "a pod's status always changes as the API server allows it to": "completed-once",
  "a ReplicaSet never has more pods that are not on their way out than it ever asks for":
    "rs-self-heal",
  "the ReplicaSets of a Deployment never ask for more than it ever asks for and may surge":
    "deploy-rolling",
  "a Deployment never scales down below what has to be available, nor where less is":
    "deploy-rolling",
  "an evicted pod of a ReplicaSet is always replaced, as long as as many are asked for":
    "taint-noexecute",
  "an evicted pod that no controller has never comes back of itself": "taint-noexecute",
  "a revision is never reused": "terminate-graceful",
  "an object that nothing holds back never outlives its deletion": "terminate-graceful",
  "nothing that validation refuses is ever written": "simple-run",
};
