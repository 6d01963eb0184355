import { assert } from "../../../machines/assert.ts";
import { extended } from "../../../machines/extended.ts";
import type { Emission, Receiver, Subject } from "../composition.ts";
import type { NodeSide } from "../node-side.ts";
import type { PullHistory, PullTurn } from "../pull-notes.ts";
import type { KubeWorld } from "../world.ts";

/** The container joins the line before the node's puller; what failed before is forgotten. */
export function joinLine(world: KubeWorld, { from: { subject }, origin, now }: Emission): void {
  assert(origin !== undefined, "an image is asked for by somebody who gets the answer");
  const { pod, image } = pullOf(subject);
  const node = nodeOf(world, pod);
  const requester = { machine: origin.machine, subject: origin.subject };
  const turn: PullTurn = { pod, image, requester, askedAtMs: now };
  world.setNode({ ...node, pulls: [...turnsOf(node), turn] });
  const { attempts } = historyOf(world, subject);
  writeHistory(world, subject, { attempts });
}

/** Whose turn it is next: the pull machine of that pod and image. */
export function firstInLine(world: KubeWorld, { from }: Emission): Receiver | undefined {
  const turn = turnsOf(world.node(from.subject.node)).find(isInLine);
  return turn && { machine: "imagePull", subject: { pod: turn.pod, part: turn.image } };
}

/** The first in line leaves it. */
export function beginTurn(world: KubeWorld, { from, now }: Emission): void {
  const node = world.node(from.subject.node);
  const first = turnsOf(node).find(isInLine);
  const pulls = turnsOf(node).map((turn) =>
    turn === first ? extended(turn, { begunAtMs: now }) : turn,
  );
  world.setNode({ ...node, pulls });
}

/** Counts how often the runtime was asked for this pull. */
export function countAttempt(world: KubeWorld, { from: { subject } }: Emission): void {
  const { attempts } = historyOf(world, subject);
  writeHistory(world, subject, { attempts: attempts + 1 });
}

export function endTurn(world: KubeWorld, { from: { subject } }: Emission): void {
  const node = nodeOf(world, subject.pod);
  const ended = turnOf(world, subject);
  world.setNode({ ...node, pulls: turnsOf(node).filter((turn) => turn !== ended) });
}

/** For a node whose kubelet has stopped: nobody waits any more. */
export function forgetTurns(world: KubeWorld, node: string): void {
  world.setNode({ ...world.node(node), pulls: [] });
}

/** Whether somebody would take a slot that becomes free. */
export function isAwaited(world: KubeWorld, node: string | undefined): boolean {
  return turnsOf(world.node(node)).some(isInLine);
}

/** Whether some pod of the node waits for a pull of this image, as written. */
export function isBeingPulled(world: KubeWorld, node: string, image: string): boolean {
  return turnsOf(world.node(node)).some((turn) => turn.image === image);
}

/** Who asked for the image: whose turn it is, or else who began the chain. */
export function imageRequesterOf(world: KubeWorld, emission: Emission): Receiver | undefined {
  return turnOf(world, emission.from.subject)?.requester ?? emission.origin;
}

/** The turn of a pull that waits or is under way. */
export function turnOf(world: KubeWorld, subject: Subject): PullTurn | undefined {
  const { pod, image } = pullOf(subject);
  return turnsOf(nodeOf(world, pod)).find((turn) => turn.pod === pod && turn.image === image);
}

export function historyOf(world: KubeWorld, subject: Subject): PullHistory {
  const { pod, image } = pullOf(subject);
  return world.side(pod).imagePulls?.[image] ?? { attempts: 0 };
}

export function writeHistory(world: KubeWorld, subject: Subject, history: PullHistory): void {
  const { pod, image } = pullOf(subject);
  world.change(pod, { imagePulls: { ...world.side(pod).imagePulls, [image]: history } });
}

/** The node that a pod is on. */
export function nodeOf(world: KubeWorld, pod: string | undefined): NodeSide {
  return world.node(world.side(pod).node);
}

/** A pull's subject is a pod and an image as its containers write it. */
export function pullOf({ pod = "", part: image = "" }: Subject) {
  return { pod, image };
}

function turnsOf({ pulls = [] }: Pick<NodeSide, "pulls">): readonly PullTurn[] {
  return pulls;
}

function isInLine({ begunAtMs }: PullTurn): boolean {
  return begunAtMs === undefined;
}
