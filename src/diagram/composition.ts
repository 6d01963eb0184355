import { escaped } from "./mermaid.ts";

/** Somebody tells somebody something. */
export interface Telling {
  /** Addresses, as `podWorker/default/web`; users and faults are `outside`. */
  readonly from: string;
  readonly to: string;
  readonly event: string;
}

/** Who sends what to whom, as a Mermaid `flowchart`: machines, not each of their actors. */
export function composition(tellings: readonly Telling[]): string {
  const edges = new Map<
    string,
    { readonly ends: readonly [string, string]; events: Set<string> }
  >();
  for (const { from, to, event } of tellings) {
    const ends = [machineOf(from), machineOf(to)] as const;
    const edge = edges.get(ends.join(" ")) ?? { ends, events: new Set<string>() };
    edges.set(ends.join(" "), edge);
    edge.events.add(event);
  }
  const names = [...new Set([...edges.values()].flatMap(({ ends }) => ends))];
  const idOf = (name: string): string => `m${names.indexOf(name) + 1}`;
  return [
    "flowchart LR",
    ...names.map((name) => `  ${idOf(name)}["${escaped(name)}"]`),
    ...[...edges.values()].map(({ ends: [from, to], events }) => {
      const label = [...events].map(escaped).join("<br/>");
      return `  ${idOf(from)} -- "${label}" --> ${idOf(to)}`;
    }),
  ].join("\n");
}

/** Of an address, or what has none. */
function machineOf(address: string): string {
  return address.split("/", 1)[0] ?? address;
}
