import type { PodSide } from "../../system/pod-side.ts";

/** Fields that a step has written, by name. */
export type WrittenFields = ReadonlyMap<string, unknown>;

/**
 * A side as it was at one moment of a step, whose fields are looked up when somebody asks for them:
 * so a step is known to depend on these fields only.
 */
export function sideView(
  written: WrittenFields,
  first: (field: string) => unknown,
  fields: readonly string[],
): PodSide {
  const valueOf = (field: string) => (written.has(field) ? written.get(field) : first(field));
  const view = {} satisfies Partial<PodSide>;
  return proxied(view, {
    get: (_, field) => (typeof field === "string" ? valueOf(field) : undefined),
    has: (_, field) => typeof field === "string" && fields.includes(field),
    ownKeys: () => [...fields],
    getOwnPropertyDescriptor: (_, field) => {
      if (typeof field !== "string" || !fields.includes(field)) return undefined;
      return { value: valueOf(field), enumerable: true, configurable: true, writable: true };
    },
    set: () => false,
  });
}

/** The fields of a side are all that is ever asked of it. */
function proxied(view: object, handler: ProxyHandler<object>): PodSide;
function proxied(view: object, handler: ProxyHandler<object>): object {
  return new Proxy(view, handler);
}
