import type { Emission, Route } from "./composition.ts";
import type { Letter, Mailboxes } from "./mailbox.ts";

/**
 * Carries a fact along its routes, one after the other: each may write it down and then names its
 * receivers, which depend on all that has been written before.
 */
export function followRoutes<W>(
  routes: readonly Route<W>[],
  world: W,
  emission: Emission,
  mailboxes: Pick<Mailboxes, "post">,
): void {
  for (const route of routes) {
    route.project?.(world, emission);
    const receivers = route.to?.(world, emission);
    if (receivers === undefined) continue;
    const letter = letterOf(route, world, emission);
    if ("machine" in receivers) mailboxes.post(receivers, letter);
    else for (const one of receivers) mailboxes.post(one, letter);
  }
}

function letterOf<W>(route: Route<W>, world: W, emission: Emission): Letter {
  const { view, supersedes: key, keepsPending, periodic } = route;
  const event = route.event ?? emission.fact;
  const delayMs = route.latencyMs?.(world, emission) ?? 0;
  const detail = route.detail?.(world, emission) ?? emission.detail;
  const { from, seq: cause } = emission;
  const origin = route.asOrigin === true ? from : emission.origin;
  return { event, view, detail, delayMs, key, keepsPending, periodic, from, origin, cause };
}
