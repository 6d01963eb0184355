import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import type { PatchType } from "../../machines/apiserver/patch.ts";
import type { ConfigMap, Secret } from "../../machines/api/configuration-objects.ts";
import type { Credential } from "../../machines/apiserver/user-info.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { ManifestObject } from "../manifest/read.ts";
import type { Fault } from "../manifest/scenario/faults.ts";
import { flagOf, type KubectlCommand } from "../manifest/scenario/kubectl.ts";
import type { Scenario } from "../manifest/scenario.ts";
import type { KubectlStep, ScenarioStep } from "../manifest/scenario/steps.ts";
import type { ApiRequest } from "./api-request.ts";
import { apiCallOf } from "./api-step.ts";
import { type KubectlCall, kubectlCalls } from "./kubectl-calls.ts";
import { type ProgramAction, programActions } from "./program-steps.ts";
import { userCalls } from "./user-calls.ts";

/** A step as messages: what it asks of the API server, or the fault that it causes. */
export type StepAction =
  | {
      readonly type: `request.${"create" | "apply" | "delete" | "patch"}`;
      readonly request: ApiRequest;
    }
  /** Any other call, by whoever set the cluster up. */
  | { readonly type: "call"; readonly caller: KubectlCall; readonly user?: Credential }
  | { readonly type: "fault"; readonly fault: Fault }
  /** What kubectl itself does, from a line on. */
  | ProgramAction
  /** What only the scenario's environment can say more about, as `exec`. */
  | { readonly type: "none" };

/** A step that no part of the cluster could do yet. */
export interface UnsupportedStep {
  readonly line: number;
  readonly text: string;
  readonly expected: string;
}

/** The files that steps name, read and ready to be created. */
export type StepFiles = (name: string) => readonly ManifestObject[] | undefined;

const namespaceOfSteps = "default";

/** A step's line; of several steps in one line the later ones have a number, too. */
export function placeOf(step: ScenarioStep, { steps }: Pick<Scenario, "steps">): string {
  const before = steps.filter(({ line }) => line === step.line).indexOf(step);
  return before > 0 ? `${step.line}/${before}` : `${step.line}`;
}

/** What a step does; `files` gives the objects of a file that it names. */
export function actionsOf(
  step: ScenarioStep,
  files: StepFiles,
): readonly StepAction[] | UnsupportedStep {
  if (step.do === "api") {
    const call = apiCallOf(step);
    if (call !== undefined) return [{ type: "call", caller: { call } }];
    return unsupported(step.line, `${step.method} ${step.path}`, "the path of a known resource");
  }
  if (step.do !== "kubectl") {
    if (supportedFaults.includes(step.do)) return [{ type: "fault", fault: step }];
    return unsupported(step.line, step.do, `one of ${supportedFaults.join(", ")}`);
  }
  const { user } = step;
  const own = programActions(step);
  const usual = () => {
    return user === undefined ? kubectlActions(step.command, files) : asked(step, files);
  };
  const actions = own ?? usual();
  return (
    actions ?? unsupported(step.line, step.text, `one of kubectl ${supportedVerbs.join(", ")}`)
  );
}

/** Whoever is named sends requests of their own. */
function asked(
  { command, user }: KubectlStep,
  files: StepFiles,
): readonly StepAction[] | undefined {
  return userCalls(command, files)?.map((caller) => ({
    type: "call",
    caller,
    ...(user && { user }),
  }));
}

const supportedFaults: readonly string[] = [
  "kill",
  "record-lost",
  "kubelet-stop",
  "kubelet-start",
  "node-crash",
  "node-start",
  "node-pressure",
  "network-stop",
  "network-start",
  "component-stop",
  "component-kill",
  "component-start",
  "component-cut-off",
  "component-reconnect",
  "api",
];
const supportedVerbs = [
  "create",
  "apply",
  "delete",
  "label",
  "annotate",
  "patch",
  "set image",
  "set env",
  "set resources",
  "drain",
  "expose",
  "scale",
  "cordon",
  "uncordon",
  "taint",
  "rollout pause",
  "rollout resume",
  "rollout restart",
  "rollout status",
  "rollout history",
  "rollout undo",
  "replace",
  "wait",
  "get",
  "exec",
];

function unsupported(line: number, text: string, expected: string): UnsupportedStep {
  return { line, text, expected };
}

function kubectlActions(
  command: KubectlCommand,
  files: StepFiles,
): readonly StepAction[] | undefined {
  switch (command.verb) {
    case "create": {
      const source = flagOf(command, "filename");
      return created(command, files)?.map((object) => {
        return { type: "request.create", request: { object, ...(source && { source }) } };
      });
    }
    case "apply":
      return applied(command, files);
    case "delete":
      if (isOfOthers(command)) break;
      return targetsOf(command).map((target) => ({
        type: "request.delete",
        request: { ...target, gracePeriodSeconds: gracePeriodOf(command) },
      }));
    case "label":
      return patched(command, (change) => ({ metadata: { labels: change } }));
    case "annotate":
      return patched(command, (change) => ({ metadata: { annotations: change } }));
    case "patch":
      if (isOfOthers(command)) return asAdmin(userCalls(command, files));
      return patches(command);
    case "set":
      if (command.subcommand !== "image") break;
      return imagesSet(command);
    case "exec":
    case "wait":
    case "get":
      return [{ type: "none" }];
  }
  const read = (name: string) => files(name)?.map(({ object }) => object);
  return asAdmin(kubectlCalls(command, read));
}

function asAdmin(calls: readonly KubectlCall[] | undefined): readonly StepAction[] | undefined {
  return calls?.map((caller) => ({ type: "call", caller }));
}

/** What is no pod may have dependents and finalizers. */
function isOfOthers({ targets }: KubectlCommand): boolean {
  return targets.every(({ kind, names }) => kind !== "Pod" && names.length > 0);
}

function patches(command: KubectlCommand): readonly StepAction[] {
  const how = { patchType: patchTypeOf(command), ...subresourceOf(command) };
  return targetsOf(command).map((target) => ({
    type: "request.patch",
    request: { ...target, fieldManager: "kubectl-patch", patch: command.patch, ...how },
  }));
}

/** `set image pod/web app=nginx:2` is a patch of the containers with those names. */
function imagesSet(command: KubectlCommand): readonly StepAction[] {
  const containers = command.changes.map((text) => {
    const at = text.indexOf("=");
    return { name: text.slice(0, at), image: text.slice(at + 1) };
  });
  return targetsOf(command).map((target) => ({
    type: "request.patch",
    request: {
      ...target,
      fieldManager: "kubectl-set",
      patch:
        target.kind === "Pod" ? { spec: { containers } } : inTemplate({ spec: { containers } }),
      patchType: "strategic",
    },
  }));
}

/** What makes pods has their containers in a template. */
function inTemplate(template: object): object {
  return { spec: { template } };
}

function applied(command: KubectlCommand, files: StepFiles): readonly StepAction[] | undefined {
  const source = flagOf(command, "filename") ?? "";
  const isServerSide = flagOf(command, "server-side") === "true";
  const usual = isServerSide ? "kubectl" : "kubectl-client-side-apply";
  const fieldManager = flagOf(command, "field-manager") ?? usual;
  const force = flagOf(command, "force-conflicts") === "true";
  const overwrite = flagOf(command, "overwrite") !== "false";
  const way = { source, fieldManager, overwrite, ...(isServerSide && { serverSide: { force } }) };
  return files(source)?.map((one) => ({ type: "request.apply", request: { ...one, ...way } }));
}

function created(command: KubectlCommand, files: StepFiles): readonly KubeObject[] | undefined {
  const file = flagOf(command, "filename");
  if (file !== undefined) return files(file)?.map(({ object }) => object);
  const [target] = command.targets;
  if (target?.kind !== "ConfigMap" && target?.kind !== "Secret") return undefined;
  const literals = (command.flags["from-literal"] ?? []).map((text) => {
    const at = text.indexOf("=");
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  const { kind } = target;
  const data = Object.fromEntries(literals);
  return target.names.map((name): ConfigMap | Secret => ({
    apiVersion: "v1",
    kind,
    metadata: { name, namespace: namespaceOf(command) },
    data,
  }));
}

/** The objects that are named, or all of a kind that a selector finds when the step is taken. */
function targetsOf(command: KubectlCommand): readonly ApiTarget[] {
  const namespace = namespaceOf(command);
  return command.targets.flatMap(({ kind, names }): readonly ApiTarget[] => {
    const isNamespaced = resourceOfKind(kind)?.isNamespaced ?? true;
    if (names.length > 0) {
      return names.map((name) => ({ kind, key: isNamespaced ? `${namespace}/${name}` : name }));
    }
    const labelSelector = flagOf(command, "selector") ?? "";
    const fieldSelector = flagOf(command, "field-selector") ?? "";
    return [{ kind, labelSelector, fieldSelector, ...(isNamespaced && { namespace }) }];
  });
}

type ApiTarget = Pick<ApiRequest, "kind" | "key" | "namespace" | "labelSelector" | "fieldSelector">;

function namespaceOf(command: KubectlCommand): string {
  return flagOf(command, "namespace") ?? namespaceOfSteps;
}

/** `--force` alone means a period of 0, `--now` one of 1. kubectl delete */
function gracePeriodOf(command: KubectlCommand): number | null {
  const given = flagOf(command, "grace-period");
  if (given !== undefined) return Number(given);
  if (flagOf(command, "now") !== undefined) return 1;
  return flagOf(command, "force") === undefined ? null : 0;
}

function subresourceOf(command: KubectlCommand): Pick<ApiRequest, "subresource"> {
  const subresource = flagOf(command, "subresource");
  return subresource === "status" || subresource === "resize" ? { subresource } : {};
}

/** kubectl's usual patch is a strategic one. */
function patchTypeOf(command: KubectlCommand): PatchType {
  const type = flagOf(command, "type");
  return type === "merge" || type === "json" ? type : "strategic";
}

function patched(
  command: KubectlCommand,
  patchOf: (change: Readonly<Record<string, string | null>>) => object,
): readonly StepAction[] {
  const change = Object.fromEntries(
    command.changes.map((text) => {
      const at = text.indexOf("=");
      return at < 0 ? [text.replace(/-$/, ""), null] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
  return targetsOf(command).map((target) => ({
    type: "request.patch",
    request: { ...target, fieldManager: `kubectl-${command.verb}`, patch: patchOf(change) },
  }));
}
