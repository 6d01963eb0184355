import { readFileSync } from "node:fs";

import type { ApiStatus } from "../../../machines/apiserver/api-status.ts";
import { admin, type Credential } from "../../../machines/apiserver/user-info.ts";
import { valueOf } from "../../../src/yaml/node.ts";
import { readYaml } from "../../../src/yaml/read.ts";
import { ApiClient } from "../../support/api-client.ts";
import { projectRoot } from "../../support/fidelity.ts";

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly user?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Step = Sent | { readonly waitSeconds: number };

/** Sends a request to a server that has had those of the setup. */
export function run(sent: Sent): unknown {
  const client = preparedClient();
  client.credential = credentialOf(sent);
  const answer = client.send(sent.method, sent.path, bodyOf(sent.body), sent.contentType);
  if (!("refused" in answer)) return { code: answer.code };
  const { refused } = answer;
  const { retryAfterSeconds } = refused.details ?? {};
  return {
    code: refused.code,
    status: statusOf(refused),
    ...(retryAfterSeconds !== undefined && { retryAfter: String(retryAfterSeconds) }),
  };
}

/** uids, resource versions and names with a random end differ from run to run. */
export function normalize(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uid>")
    .replaceAll(/(in record \(|current: )\d+/g, "$1<revision>")
    .replaceAll(/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, "-<random>");
}

let prepared: { readonly client: ApiClient; readonly revision: number } | undefined;

/** One that nothing has changed since may be asked again. */
function preparedClient(): ApiClient {
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

/** A text is YAML, or no body at all. */
function bodyOf(body: unknown): unknown {
  if (typeof body !== "string") return body;
  const [node] = readYaml(body, "body", "1.1").documents;
  return node === undefined ? body : valueOf(node);
}

function setup(): readonly Step[] {
  const file = new URL("test/vectors/recordings/api-errors-setup.json", projectRoot());
  const steps: readonly Step[] = JSON.parse(readFileSync(file, "utf8"));
  return steps;
}

function credentialOf({ user, headers = {} }: Sent): Credential {
  const account = headers["Impersonate-User"]?.split(":");
  if (account !== undefined) {
    return { type: "serviceAccount", namespace: account[2] ?? "", name: account[3] ?? "" };
  }
  if (user === undefined) return admin;
  return user === "none" ? { type: "none" } : { type: "token", token: user };
}

function statusOf({ code, reason, message, details }: ApiStatus): object {
  const about = { ...(reason !== undefined && { reason }), ...(details && { details }) };
  const kind = { kind: "Status", apiVersion: "v1", metadata: {} };
  return { ...kind, status: "Failure", message, ...about, code };
}
