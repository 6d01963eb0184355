/** A delivery's keys, in the order in which a trace has them. */
const traceKeys = [
  "seq",
  "at",
  "from",
  "to",
  "cause",
  "event",
  "detail",
  "before",
  "after",
  "facts",
  "handled",
] as const;

/** What a trace tells of one delivery; all of it is plain JSON. */
export type TracedDelivery = Readonly<Record<(typeof traceKeys)[number], unknown>>;

/** One line of JSON Lines, without its end: equal deliveries give equal bytes. */
export function traceLine(delivery: TracedDelivery): string {
  return JSON.stringify(Object.fromEntries(traceKeys.map((key) => [key, delivery[key]])));
}
