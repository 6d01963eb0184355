/** What a trace tells of one delivery; all of it is plain JSON. */
export interface TracedDelivery {
  readonly seq: unknown;
  readonly at: unknown;
  readonly from: unknown;
  readonly to: unknown;
  readonly cause: unknown;
  readonly event: unknown;
  readonly detail: unknown;
  readonly before: unknown;
  readonly after: unknown;
  readonly facts: unknown;
  readonly handled: unknown;
}

/** One line of JSON Lines, without its end: equal deliveries give equal bytes. */
export function traceLine(delivery: TracedDelivery): string {
  const { seq, at, from, to, cause, event, detail, before, after, facts, handled } = delivery;
  return JSON.stringify({
    seq,
    at,
    from,
    to,
    cause,
    event,
    detail,
    before,
    after,
    facts,
    handled,
  });
}
