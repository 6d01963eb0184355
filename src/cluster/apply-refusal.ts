import type { ApiStatus } from "../../machines/apiserver/api-status.ts";

/** What the API server refuses, or what kubectl finds wrong itself. */
export type ApplyRefusal = ApiStatus | { readonly error: string };
