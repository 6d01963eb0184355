import { isDns1123Subdomain } from "../../api/names.ts";
import { quote } from "../../api/quote.ts";
import { budget, type Creator, type Described, quota, servicePorts } from "./create-objects.ts";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "./create-rbac.ts";
import { configMap, dockerSecret, secret, tlsSecret } from "./create-secrets.ts";
import { cronJob, deployment, job } from "./create-workloads.ts";
import { failed, isFailure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";

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

function priorityClass(call: Invocation): Described {
  const rest = {
    value: call.number("value"),
    globalDefault: call.isOn("global-default"),
    description: call.flag("description"),
    preemptionPolicy: call.flag("preemption-policy"),
  };
  return { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", rest };
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
