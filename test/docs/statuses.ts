/** What the column STATUS can show, and what to do about it; `N` stands for a number. */
export interface Status {
  readonly text: string;
  readonly causes: string;
  readonly look: string;
  readonly out: string;
}

const events = "`kubectl describe pod`: the Events";
const previous = "`kubectl logs --previous`; `kubectl describe pod`: Last State, Exit Code";
const message = "`kubectl describe pod`: Reason and Message";
const recreate = "It is final: delete the pod, or let its controller replace it.";

/** Each word with why, how to look at it, how to get out. */
export const statuses: readonly Status[] = [
  {
    text: "Pending",
    causes: "No node has been found for it, or its kubelet has not reported on it yet.",
    look: "`kubectl get pod -o wide`: NODE; the Events, FailedScheduling among them",
    out: "Ask for less, add nodes, or loosen selectors, affinities and tolerations.",
  },
  {
    text: "SchedulingGated",
    causes: "`spec.schedulingGates` is not empty.",
    look: "`kubectl get pod -o yaml`: the condition PodScheduled",
    out: "Whoever set the gates removes them.",
  },
  {
    text: "ContainerCreating",
    causes: "Volumes, the sandbox with its network, or the first pull take their time or fail.",
    look: `${events}: FailedMount, FailedCreatePodSandBox, Pulling`,
    out: "Create the missing ConfigMap, Secret or claim; mend the network plugin; or wait.",
  },
  {
    text: "PodInitializing",
    causes: "All init containers have succeeded, and the main containers are not started yet.",
    look: events,
    out: "As for ContainerCreating.",
  },
  {
    text: "Init:N/N",
    causes: "Its init containers are not done; the first number says how many are.",
    look: "`kubectl logs -c <init container>`",
    out: "Wait, or mend what the init container waits for.",
  },
  {
    text: "Init:Error",
    causes: "An init container or a sidecar has ended with a code other than 0.",
    look: previous,
    out: "Mend it; under `restartPolicy: Never` the pod has failed for good.",
  },
  {
    text: "Init:CrashLoopBackOff",
    causes: "An init container or a sidecar fails again and again, and waits for its next start.",
    look: previous,
    out: "Mend it; the wait grows to five minutes.",
  },
  {
    text: "Init:Unknown",
    causes: "The runtime could not say how an init container has ended.",
    look: "the log of the container runtime",
    out: "It is started again by its restart policy.",
  },
  {
    text: "Init:ContainerStatusUnknown",
    causes: "The kubelet has lost track of an init container.",
    look: message,
    out: "As for ContainerStatusUnknown.",
  },
  {
    text: "Running",
    causes: "Its containers run; READY says how many of them are ready.",
    look: "READY, and `kubectl describe pod`: the condition Ready",
    out: "If it is not ready: mend the readiness probe, or what it asks for.",
  },
  {
    text: "NotReady",
    causes: "Some containers have completed, and those that still run are not Ready together.",
    look: "`kubectl describe pod`: the states of the containers",
    out: "Wait for the rest, or mend its readiness.",
  },
  {
    text: "Completed",
    causes: "A container has ended with code 0; under Always it is about to start again.",
    look: previous,
    out: "Nothing, if that was its work; else a Job, or a program that stays.",
  },
  {
    text: "Succeeded",
    causes: "All containers have ended with code 0, and no reason of theirs is shown.",
    look: message,
    out: "Nothing: its work is done.",
  },
  {
    text: "Error",
    causes: "A container has ended with a code other than 0, also when it was told to stop.",
    look: previous,
    out: "Mend the program; was the pod evicted or its deadline over, `describe` says so.",
  },
  {
    text: "Failed",
    causes: "The pod has failed, and no container's reason is shown.",
    look: message,
    out: recreate,
  },
  {
    text: "OOMKilled",
    causes: "The kernel has killed a process of the container: its limit, or the node's memory.",
    look: previous,
    out: "Raise the limit, or let the program use less.",
  },
  {
    text: "CrashLoopBackOff",
    causes: "A container ends again and again, and waits for its next start.",
    look: previous,
    out: "Mend the program; the wait grows to five minutes, and ends by itself.",
  },
  {
    text: "ErrImagePull",
    causes: "The last pull has failed.",
    look: `${events}: Failed`,
    out: "Correct the name, the tag or the pull secret.",
  },
  {
    text: "ImagePullBackOff",
    causes: "A pull has failed lately, and the next one waits.",
    look: `${events}: Failed, BackOff`,
    out: "As for ErrImagePull; the wait grows to five minutes.",
  },
  {
    text: "ErrImageNeverPull",
    causes: "`imagePullPolicy: Never`, and the image is not on the node.",
    look: events,
    out: "Put the image there, or change the policy.",
  },
  {
    text: "InvalidImageName",
    causes: "The image reference cannot be parsed.",
    look: `${events}: InspectFailed`,
    out: "Correct it: `kubectl set image`.",
  },
  {
    text: "ImageInspectError",
    causes: "The runtime could not say whether it has the image.",
    look: events,
    out: "Look at the runtime of the node.",
  },
  {
    text: "RegistryUnavailable",
    causes: "The registry does not answer, and the runtime has a word for it.",
    look: events,
    out: "Wait for the registry; pulls are tried again.",
  },
  {
    text: "SignatureValidationFailed",
    causes: "The runtime's policy does not accept the image's signature.",
    look: events,
    out: "Sign the image, or change the policy.",
  },
  {
    text: "CreateContainerConfigError",
    causes:
      "A Secret, ConfigMap or key that a variable refers to is missing, or the image would run as root.",
    look: `${events}: Failed`,
    out: "Create what is missing; the kubelet tries again.",
  },
  {
    text: "CreateContainerError",
    causes: "The runtime refuses to create the container.",
    look: `${events}: Failed`,
    out: "Read the runtime's message: often a mount, a name or a device.",
  },
  {
    text: "RunContainerError",
    causes: "The runtime could not start the process, and the container will be started again.",
    look: `${events}: Failed`,
    out: "Correct `command`, or the image's entry point.",
  },
  {
    text: "StartError",
    causes: "The process never ran: a wrong `command`, or no permission to run it.",
    look: "`kubectl describe pod`: State, Exit Code 128, Message",
    out: "Correct `command`, or the image's entry point.",
  },
  {
    text: "PostStartHookError",
    causes: "The postStart hook has failed, so the container was killed.",
    look: `${events}: FailedPostStartHook`,
    out: "Mend the hook.",
  },
  {
    text: "RestartingAllContainers",
    causes: "A container's exit has met a rule by which all of them start anew.",
    look: "`kubectl get pod -o yaml`: `restartPolicyRules`",
    out: "Nothing: they start again.",
  },
  {
    text: "ContainerStatusUnknown",
    causes:
      "The kubelet has lost track of a container: its record, or the node's last hours, are gone.",
    look: message,
    out: "If the pod was evicted or has failed, it is final; else the container starts again.",
  },
  {
    text: "Unknown",
    causes: "The runtime could not say how a container has ended.",
    look: "the log of the container runtime",
    out: "It is started again by its restart policy.",
  },
  {
    text: "Terminating",
    causes: "It is deleted, and its containers have not stopped yet, or a finalizer holds it.",
    look: "`kubectl get pod -o yaml`: deletionTimestamp, finalizers",
    out: "Wait for the grace period; is its node gone, `--force` removes the object alone.",
  },
  {
    text: "Evicted",
    causes: "Its kubelet refused it under pressure, before it had any container.",
    look: message,
    out: `${recreate} And give the node back what it lacks.`,
  },
  {
    text: "Preempting",
    causes: "Its kubelet has killed it for a critical pod.",
    look: message,
    out: recreate,
  },
  {
    text: "NodeAffinity",
    causes: "It was bound to a node whose labels do not match.",
    look: message,
    out: `${recreate} Do not set \`nodeName\` yourself.`,
  },
  {
    text: "NodePorts",
    causes: "A host port that it wants is taken on its node.",
    look: message,
    out: recreate,
  },
  {
    text: "OutOfcpu",
    causes: "It was bound to a node without that much left: cpu, memory, pods or another resource.",
    look: message,
    out: recreate,
  },
  {
    text: "TaintToleration",
    causes: "It was bound to a node with a NoExecute taint that it does not tolerate.",
    look: message,
    out: recreate,
  },
  {
    text: "PodOSNotSupported",
    causes: "`spec.os` is not the system of its node.",
    look: message,
    out: recreate,
  },
  {
    text: "PodFeatureUnsupported",
    causes: "It needs a feature that its node does not declare.",
    look: message,
    out: recreate,
  },
  {
    text: "InvalidNodeInfo",
    causes: "Its kubelet could not look at its own node when the pod came.",
    look: message,
    out: recreate,
  },
  {
    text: "DeadlineExceeded",
    causes: "`activeDeadlineSeconds` is over, and no container's reason is shown.",
    look: message,
    out: recreate,
  },
];

/** `Init:1/2` as the list tells it. */
export function statusForm(text: string): string {
  return text.replace(/^Init:\d+\/\d+$/, "Init:N/N");
}
