import { parseImageName } from "../api/image-name.ts";
import type { ResourceList } from "../api/meta.ts";
import type { Container, Lifecycle, LifecycleHandler, Probe } from "../api/pod.ts";
import type { ObjectFieldSelector } from "../api/projection.ts";
import { roundUpQuantity } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import type { Unchecked } from "../api/unchecked.ts";

/** Of a container of any kind; pkg/apis/core/v1/defaults.go SetDefaults_Container and below it. */
export function setDefaultsContainer(container: Unchecked<Container>): Unchecked<Container> {
  const { ports, env, resources, livenessProbe, readinessProbe, startupProbe } = container;
  return {
    ...container,
    imagePullPolicy: container.imagePullPolicy || defaultPullPolicy(container.image ?? ""),
    terminationMessagePath: container.terminationMessagePath || "/dev/termination-log",
    terminationMessagePolicy: container.terminationMessagePolicy || "File",
    ...(ports && { ports: ports.map((port) => ({ ...port, protocol: port.protocol || "TCP" })) }),
    ...(env && { env: env.map(setDefaultsEnvVar) }),
    ...(resources && { resources: setDefaultsResources(resources) }),
    ...(livenessProbe && { livenessProbe: setDefaultsProbe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: setDefaultsProbe(readinessProbe) }),
    ...(startupProbe && { startupProbe: setDefaultsProbe(startupProbe) }),
    ...(container.lifecycle && { lifecycle: setDefaultsLifecycle(container.lifecycle) }),
  };
}

/** `latest`, given or meant, is always pulled; a name that cannot be read is not. */
export function defaultPullPolicy(image: string): "Always" | "IfNotPresent" {
  return parseImageName(image)?.tag === "latest" ? "Always" : "IfNotPresent";
}

type EnvVar = NonNullable<Unchecked<Container>["env"]>[number];

function setDefaultsEnvVar(variable: EnvVar): EnvVar {
  const { valueFrom } = variable;
  if (valueFrom === undefined) return variable;
  const { fieldRef, fileKeyRef } = valueFrom;
  const isOptional = fileKeyRef?.optional ?? false;
  return {
    ...variable,
    valueFrom: {
      ...valueFrom,
      ...(fieldRef && { fieldRef: setDefaultsObjectFieldSelector(fieldRef) }),
      ...(fileKeyRef && { fileKeyRef: { ...fileKeyRef, optional: isOptional } }),
    },
  };
}

/** Only v1 exists. */
export function setDefaultsObjectFieldSelector(
  selector: Unchecked<ObjectFieldSelector>,
): Unchecked<ObjectFieldSelector> {
  return { ...selector, apiVersion: selector.apiVersion || "v1" };
}

function setDefaultsProbe(probe: Unchecked<Probe>): Unchecked<Probe> {
  const { httpGet, grpc } = probe;
  return {
    ...probe,
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
    ...(httpGet && { httpGet: setDefaultsHttpGetAction(httpGet) }),
    ...(grpc && { grpc: { ...grpc, service: grpc.service ?? "" } }),
  };
}

function setDefaultsLifecycle(lifecycle: Unchecked<Lifecycle>): Unchecked<Lifecycle> {
  const { postStart, preStop } = lifecycle;
  return {
    ...lifecycle,
    ...(postStart && { postStart: setDefaultsLifecycleHandler(postStart) }),
    ...(preStop && { preStop: setDefaultsLifecycleHandler(preStop) }),
  };
}

function setDefaultsLifecycleHandler(
  handler: Unchecked<LifecycleHandler>,
): Unchecked<LifecycleHandler> {
  const { httpGet } = handler;
  return httpGet ? { ...handler, httpGet: setDefaultsHttpGetAction(httpGet) } : handler;
}

type HttpGetAction = NonNullable<Unchecked<Probe>["httpGet"]>;

function setDefaultsHttpGetAction(action: HttpGetAction): HttpGetAction {
  return { ...action, path: action.path || "/", scheme: action.scheme || "HTTP" };
}

type Resources = NonNullable<Unchecked<Container>["resources"]>;

/** Both lists are rounded. */
export function setDefaultsResources<R extends Pick<Resources, "limits" | "requests">>(
  resources: R,
): R {
  const { limits, requests } = resources;
  return {
    ...resources,
    ...(limits && { limits: setDefaultsResourceList(limits) }),
    ...(requests && { requests: setDefaultsResourceList(requests) }),
  };
}

/** Nothing finer than a thousandth, rounded up; SetDefaults_ResourceList. */
export function setDefaultsResourceList(list: ResourceList): ResourceList {
  const entries = Object.entries(list).map(([name, text]) => {
    return [name, formatQuantity(roundUpQuantity(mustParse(text), -3).rounded)] as const;
  });
  return Object.fromEntries(entries);
}
