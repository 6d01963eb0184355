import { configData } from "./config-data.ts";
import type { Described } from "./create-objects.ts";
import { failed, isFailure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";

export function configMap(call: Invocation, name: string): Described {
  const data = configData(call, name, "ConfigMap");
  return isFailure(data) ? data : { apiVersion: "v1", kind: "ConfigMap", rest: { data } };
}

export function secret(call: Invocation, name: string): Described {
  const data = configData(call, name, "Secret");
  if (isFailure(data)) return data;
  const type = call.flag("type") || "Opaque";
  return { apiVersion: "v1", kind: "Secret", rest: { type, stringData: data } };
}

export function dockerSecret(call: Invocation): Described {
  const [user, password] = [call.flag("docker-username"), call.flag("docker-password")];
  const isWhole = user !== "" && password !== "" && call.flag("docker-server") !== "";
  if (call.list("from-file").length === 0 && !isWhole) {
    return failed(
      "either --from-file or the combination of --docker-username, --docker-password and --docker-server is required",
    );
  }
  const login = { username: user, password, email: call.flag("docker-email") };
  const text = JSON.stringify({ auths: { [call.flag("docker-server")]: login } });
  const stringData = { ".dockerconfigjson": text };
  const type = "kubernetes.io/dockerconfigjson";
  return { apiVersion: "v1", kind: "Secret", rest: { type, stringData } };
}

export function tlsSecret(call: Invocation): Described {
  const [cert, key] = [call.flag("cert"), call.flag("key")];
  if (cert === "" || key === "") return failed("key and cert must be specified");
  const missing = [cert, key].find((path) => call.around.file(path) === undefined);
  if (missing !== undefined) {
    return failed(`Cannot read file ${missing}, open ${missing}: no such file or directory`);
  }
  const [certificate, privateKey] = [call.around.file(cert), call.around.file(key)];
  const isPem = /-----BEGIN CERTIFICATE-----/.test(certificate ?? "");
  if (!isPem) return failed("tls: failed to find any PEM data in certificate input");
  const stringData = { "tls.crt": certificate, "tls.key": privateKey };
  return { apiVersion: "v1", kind: "Secret", rest: { type: "kubernetes.io/tls", stringData } };
}
