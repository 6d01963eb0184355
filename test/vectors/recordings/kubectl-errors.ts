import { kubectl } from "../../../machines/kubectl/cmd/kubectl.ts";
import type { KubectlAnswer, KubectlRequest } from "../../../machines/kubectl/cmd/invocation.ts";
import { admin, type Credential } from "../../../machines/apiserver/user-info.ts";
import { goYaml } from "../../support/go-yaml.ts";
import { unknownField } from "../../support/known-fields.ts";
import { preparedClient } from "../../support/recorded-server.ts";

interface Typed {
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly user?: string;
}

/** Types a line against a server that has had the requests of the setup. */
export function run({ args, files = {}, stdin = "", user }: Typed): unknown {
  const client = preparedClient();
  client.credential = credentialOf(user);
  return kubectl(args, {
    ask: ({ method, path, body, contentType, as }: KubectlRequest): KubectlAnswer => {
      const answer = client.send(method, path, body, contentType, as);
      return "refused" in answer ? { refused: answer.refused } : { object: answer.object };
    },
    file: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    documents: goYaml,
    unknownField,
    now: "2026-01-01T00:00:00Z",
    stdin,
    namespace: "shop",
    contexts: ["jane", "bad", "admin"],
    kubeconfig: "config",
  });
}

function credentialOf(user: string | undefined): Credential {
  if (user === undefined) return admin;
  return user === "none" ? { type: "none" } : { type: "token", token: user };
}
