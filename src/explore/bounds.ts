import type { Life } from "./life.ts";
import type { BoundName, Bounds } from "./system-file.ts";

/** The bound that a life has passed; undefined while it is within all of them. */
export function passedBound({ cluster }: Life, bounds: Bounds): BoundName | undefined {
  const { system } = cluster;
  const { world } = system;
  if (system.now > bounds.horizonMs) return "horizonMs";
  if (system.ahead.work > bounds.messages) return "messages";
  const { restarts, pulls, evictions } = bounds;
  let evicted = 0;
  for (const [, side] of world.sides()) {
    if (restarts !== undefined) {
      const records = side.runtime.containers ?? [];
      if (records.some(({ restartCount = 0 }) => restartCount > restarts)) return "restarts";
    }
    if (pulls !== undefined && side.imagePulls !== undefined) {
      for (const { attempts } of Object.values(side.imagePulls)) {
        if (attempts > pulls) return "pulls";
      }
    }
    if (side.verdict?.reason === "Evicted") evicted++;
  }
  return evictions !== undefined && evicted > evictions ? "evictions" : undefined;
}

/** A bound as a system's file names it. */
export function boundText(name: BoundName): string {
  return name === "horizonMs" ? "horizon" : name;
}
