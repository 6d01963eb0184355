import { isDns1123Subdomain } from "../../api/names.ts";
import { quote } from "../../api/quote.ts";
import { build } from "./builder.ts";
import {
  budget,
  configData,
  type Creator,
  type Described,
  quota,
  servicePorts,
} from "./create-objects.ts";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "./create-rbac.ts";
import { failed, isFailure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { valueAt } from "./read.ts";

/** What each `kubectl create KIND` makes; kubectl/pkg/cmd/create */
export const creators: Readonly<Record<string, Creator>> = {
  clusterrole: { describe: clusterRole },
  clusterrolebinding: {
    describe: clusterRoleBinding,
    refused: "failed to create clusterrolebinding:",
  },
  configmap: { describe: configMap, refused: "failed to create configmap:" },
  cronjob: { describe: cronJob, refused: "failed to create cronjob:" },
  deployment: { describe: deployment, refused: "failed to create deployment:" },
  ingress: { describe: ingress, refused: "failed to create ingress:" },
  job: { describe: job, refused: "failed to create job:" },
  namespace: { describe: () => ({ apiVersion: "v1", kind: "Namespace", rest: {} }) },
  poddisruptionbudget: { describe: budget, refused: "failed to create poddisruptionbudgets:" },
  priorityclass: { describe: priorityClass, refused: "failed to create priorityclass:" },
  quota: { describe: quota, refused: "failed to create quota:" },
  role: { describe: role },
  rolebinding: { describe: roleBinding, refused: "failed to create rolebinding:" },
  "secret docker-registry": { describe: dockerSecret, refused: "failed to create secret" },
  "secret generic": { describe: secret, refused: "failed to create secret" },
  "secret tls": { describe: tlsSecret, refused: "failed to create secret" },
  "service clusterip": serviceOf("ClusterIP"),
  "service externalname": serviceOf("ExternalName"),
  "service loadbalancer": serviceOf("LoadBalancer"),
  "service nodeport": serviceOf("NodePort"),
  serviceaccount: {
    describe: () => ({ apiVersion: "v1", kind: "ServiceAccount", rest: {} }),
    refused: "failed to create serviceaccount:",
  },
};

function configMap(call: Invocation, name: string): Described {
  const data = configData(call, name, "ConfigMap");
  return isFailure(data) ? data : { apiVersion: "v1", kind: "ConfigMap", rest: { data } };
}

function secret(call: Invocation, name: string): Described {
  const data = configData(call, name, "Secret");
  if (isFailure(data)) return data;
  const type = call.flag("type") || "Opaque";
  return { apiVersion: "v1", kind: "Secret", rest: { type, stringData: data } };
}

function dockerSecret(call: Invocation): Described {
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

function tlsSecret(call: Invocation): Described {
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

function priorityClass(call: Invocation): Described {
  const rest = {
    value: call.number("value"),
    globalDefault: call.isOn("global-default"),
    description: call.flag("description"),
    preemptionPolicy: call.flag("preemption-policy"),
  };
  return { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", rest };
}

function commandOf(call: Invocation): readonly string[] {
  return call.dash === undefined ? [] : call.args.slice(call.dash);
}

function deployment(call: Invocation, name: string): Described {
  const [images, command] = [call.list("image"), commandOf(call)];
  if (images.length > 1 && command.length > 0) {
    return failed("cannot specify multiple --image options and command");
  }
  const labels = { app: name };
  const port = call.number("port");
  const ports = port >= 0 ? { ports: [{ containerPort: port }] } : {};
  const containers = images.map((image) => {
    const own = containerName(image);
    return { name: own, image, ...(command.length > 0 && { command }), ...ports };
  });
  const template = { metadata: { labels }, spec: { containers } };
  const spec = { replicas: call.number("replicas"), selector: { matchLabels: labels }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { labels }, rest: { spec } };
}

/** create_deployment.go buildPodSpec: the last part of the image, without its tag. */
function containerName(image: string): string {
  const last = image.slice(image.lastIndexOf("/") + 1);
  return last.replace(/[:@].*$/s, "");
}

function job(call: Invocation, name: string): Described {
  const [image, from, command] = [call.flag("image"), call.flag("from"), commandOf(call)];
  if ((image === "") === (from === "")) {
    return failed("either --image or --from must be specified");
  }
  if (from !== "" && command.length > 0) return failed("cannot specify --from and command");
  if (from !== "") return jobFrom(call, from);
  const container = { name, image, ...(command.length > 0 && { command }) };
  const template = { spec: { containers: [container], restartPolicy: "Never" } };
  return { apiVersion: "batch/v1", kind: "Job", rest: { spec: { template } } };
}

function jobFrom(call: Invocation, from: string): Described {
  const { infos, failure } = build(call, [from], { allowsTypeAlone: false });
  if (failure !== undefined) return failure;
  const [info] = infos;
  if (info === undefined) return failed("from must be an existing cronjob");
  const { kind, group, version } = info.resource;
  if (kind !== "CronJob") return failed(`unknown object type *${packageOf(group, version)}${kind}`);
  const spec = valueAt(info.object, ["spec", "jobTemplate", "spec"]);
  const annotations = { "cronjob.kubernetes.io/instantiate": "manual" };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { annotations }, rest: { spec } };
}

/** Go's package of a group's version is named by the version alone. */
function packageOf(_group: string, version: string): string {
  return `${version}.`;
}

function cronJob(call: Invocation, name: string): Described {
  const command = commandOf(call);
  const restartPolicy = call.flag("restart") || "OnFailure";
  const image = call.flag("image");
  const container = { name, image, ...(command.length > 0 && { command }) };
  const template = { spec: { containers: [container], restartPolicy } };
  const jobTemplate = { metadata: { name }, spec: { template } };
  const spec = { schedule: call.flag("schedule"), jobTemplate };
  return { apiVersion: "batch/v1", kind: "CronJob", rest: { spec } };
}

function serviceOf(type: string): Creator {
  return {
    refused: `failed to create ${type} service:`,
    describe: (call, name) => {
      const [clusterIP, external] = [call.flag("clusterip"), call.flag("external-name")];
      const isHeadless = clusterIP === "None";
      if (call.list("tcp").length === 0 && !isHeadless && type !== "ExternalName") {
        return failed("at least one tcp port specifier must be provided");
      }
      if (type === "ExternalName" && isDns1123Subdomain(external).length > 0) {
        return failed(`invalid service external name ${external}`);
      }
      const ports = servicePorts(call);
      if (isFailure(ports)) return ports;
      const node = call.number("node-port");
      const spec = {
        type,
        selector: { app: name },
        ports: ports.map((one) => ({ ...one, ...(node > 0 && { nodePort: node }) })),
        ...(clusterIP !== "" && { clusterIP }),
        ...(external !== "" && { externalName: external }),
      };
      const metadata = { labels: { app: name } };
      return { apiVersion: "v1", kind: "Service", metadata, rest: { spec } };
    },
  };
}

const ruleForm = /^[^=]*\/[^=]*=[^:=,]+:[^:=,]+(?:,tls(?:=.*)?)?$/;

/** kubectl/pkg/cmd/create/create_ingress.go */
function ingress(call: Invocation): Described {
  const [rules, backend] = [call.list("rule"), call.flag("default-backend")];
  if (rules.length === 0 && backend === "") {
    return failed(
      "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)",
    );
  }
  const rule = rules.find((one) => !ruleForm.test(one));
  if (rule !== undefined) {
    return failed(
      `rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
    );
  }
  const annotation = call.list("annotation").find((one) => !/^[^=]+=/.test(one));
  if (annotation !== undefined) {
    return failed(`annotation ${annotation} is invalid and should be in format key=[value]`);
  }
  if (backend !== "" && backend.split(":").length !== 2) {
    return failed("default-backend should be in format servicename:serviceport");
  }
  return failed(`no matches for kind ${quote("Ingress")}`);
}
