import type { KubeObject } from "../../machines/api/meta.ts";
import type { ApiStatus } from "../../machines/apiserver/api-status.ts";
import type { Impersonation } from "../../machines/apiserver/impersonation.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { admin, type Credential, type UserInfo } from "../../machines/apiserver/user-info.ts";
import { Store } from "../../src/store/store.ts";
import { valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";
import type { ApiAnswer } from "../../src/system/api/call.ts";
import { handle } from "../../src/system/api/http.ts";
import { NameNumbers } from "../../src/system/name-numbers.ts";

/** A client of an API server of its own, which speaks HTTP as kubectl does. */
export class ApiClient {
  readonly store: Store;
  readonly names = new NameNumbers();
  nowMs = Date.UTC(2026, 0, 1);
  credential: Credential = admin;
  tokens: Readonly<Record<string, UserInfo>> = {};

  constructor(store = new Store()) {
    this.store = store;
    this.store.put(namespace("default"));
    this.store.put(namespace("kube-system"));
    this.store.put(defaultAccount("default"));
    this.store.put(defaultAccount("kube-system"));
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    contentType = "application/json",
    impersonation?: Impersonation,
    accept?: string,
  ): ApiAnswer {
    const { store, names, nowMs, credential } = this;
    const parsed = typeof body === "string" ? parsedBody(body) : body;
    const text = typeof body === "string" ? body : undefined;
    const asked = { method, path, body: parsed, text, contentType, accept };
    const request = { ...asked, credential, impersonation };
    return handle({ store, names, nowMs }, request, this.tokens);
  }

  /** The object that comes back. */
  ask(method: string, path: string, body?: unknown, contentType?: string): KubeObject {
    const answer = this.send(method, path, body, contentType);
    if ("refused" in answer) throw new Error(`${answer.refused.code} ${answer.refused.message}`);
    const { object } = answer;
    if (!isObject(object)) throw new Error("no object came back");
    return object;
  }

  /** What comes back where nothing is done. */
  refused(method: string, path: string, body?: unknown, contentType?: string): ApiStatus {
    const before = this.store.revision;
    const answer = this.send(method, path, body, contentType);
    if (!("refused" in answer))
      throw new Error(`${method} ${path} is answered with ${answer.code}`);
    if (this.store.revision !== before) throw new Error("what is refused has written something");
    return answer.refused;
  }

  merge(path: string, body: unknown): KubeObject {
    return this.ask("PATCH", path, body, "application/merge-patch+json");
  }
}

/** A text is YAML, or no body at all. */
function parsedBody(body: string): unknown {
  const [node] = readYaml(body, "body", "1.1").documents;
  return node === undefined ? body : valueOf(node);
}

function namespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function defaultAccount(of: string): KubeObject {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: of } };
}

function isObject(value: unknown): value is KubeObject {
  return isFields(value) && isFields(value["metadata"]);
}
