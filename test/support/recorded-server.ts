import { readFileSync } from "node:fs";

import { ApiClient } from "./api-client.ts";
import { projectRoot } from "./fidelity.ts";

/** A request as it was recorded. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly body?: unknown;
  readonly user?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Step = Sent | { readonly waitSeconds: number };

let prepared: { readonly client: ApiClient; readonly revision: number } | undefined;

/** A server that has had the requests of the setup; one that has not changed is asked again. */
export function preparedClient(): ApiClient {
  if (prepared?.client.store.revision !== prepared?.revision) prepared = undefined;
  prepared ??= newClient();
  return prepared.client;
}

function newClient(): { readonly client: ApiClient; readonly revision: number } {
  const client = new ApiClient();
  client.tokens = { jane: { name: "jane", groups: ["developers"] } };
  for (const step of setup()) {
    if ("waitSeconds" in step) client.nowMs += step.waitSeconds * 1000;
    else client.ask(step.method, step.path, step.body, step.contentType);
  }
  return { client, revision: client.store.revision };
}

function setup(): readonly Step[] {
  const file = new URL("test/vectors/recordings/api-errors-setup.json", projectRoot());
  const steps: readonly Step[] = JSON.parse(readFileSync(file, "utf8"));
  return steps;
}
