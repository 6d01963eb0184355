import type { PodSide } from "../system/pod-side.ts";
import type { Life } from "./life.ts";
import type { BoundName, Bounds } from "./system-file.ts";

/** What bounds count of one pod, by the field that tells it. */
export const countsOfSide = {
  runtime: (runtime: PodSide["runtime"]): number =>
    Math.max(0, ...(runtime.containers ?? []).map(({ restartCount = 0 }) => restartCount)),
  imagePulls: (pulls: PodSide["imagePulls"]): number =>
    Math.max(0, ...Object.values(pulls ?? {}).map(({ attempts }) => attempts)),
  verdict: (verdict: PodSide["verdict"]): number => Number(verdict?.reason === "Evicted"),
};

/** The same of one pod or of all. */
export interface Counts {
  readonly restarts: number;
  readonly pulls: number;
  readonly evictions: number;
}

/** The bound that a life has passed; undefined while it is within all of them. */
export function passedBound({ cluster }: Life, bounds: Bounds): BoundName | undefined {
  const { system } = cluster;
  const { now, world } = system;
  const sides = [...world.sides()].map(([, side]) => side);
  const counts = sides.map(
    ({ runtime, imagePulls, verdict }): Counts => ({
      restarts: countsOfSide.runtime(runtime),
      pulls: countsOfSide.imagePulls(imagePulls),
      evictions: countsOfSide.verdict(verdict),
    }),
  );
  return passedBy({ now, work: system.ahead.work, counts }, bounds);
}

/** `work`: deliveries that wait and are not periodic; `counts`: of each pod. */
export function passedBy(
  {
    now,
    work,
    counts,
  }: { readonly now: number; readonly work: number; readonly counts: readonly Counts[] },
  { horizonMs, messages, restarts, pulls, evictions }: Bounds,
): BoundName | undefined {
  if (now > horizonMs) return "horizonMs";
  if (work > messages) return "messages";
  let evicted = 0;
  for (const one of counts) {
    if (restarts !== undefined && one.restarts > restarts) return "restarts";
    if (pulls !== undefined && one.pulls > pulls) return "pulls";
    evicted += one.evictions;
  }
  return evictions !== undefined && evicted > evictions ? "evictions" : undefined;
}

/** A bound as a system's file names it. */
export function boundText(name: BoundName): string {
  return name === "horizonMs" ? "horizon" : name;
}
