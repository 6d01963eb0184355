import type { ApiStatus } from "../../../machines/apiserver/api-status.ts";
import { admin, type Credential } from "../../../machines/apiserver/user-info.ts";
import { preparedClient, type Sent } from "../../support/recorded-server.ts";

/** Sends a request to a server that has had those of the setup. */
export function run(sent: Sent): unknown {
  const client = preparedClient();
  client.credential = credentialOf(sent);
  const answer = client.send(
    sent.method,
    sent.path,
    sent.body,
    sent.contentType,
    undefined,
    sent.accept,
  );
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
