import type { ConfigMap, PriorityClass, RuntimeClass } from "../api/configuration-objects.ts";
import { isCidr } from "../api/cidr.ts";
import { isConfigMapKey, nameIsDnsLabel, nameIsDnsSubdomain, utf8Length } from "../api/names.ts";
import type { Node } from "../api/node.ts";
import type { Toleration } from "../api/pod.ts";
import { quantities } from "../api/resources.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { systemPriorityClasses } from "./admission-priority.ts";
import { decodedLength } from "./base64.ts";
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalids,
  tooLong,
  validateRequiredChoice,
} from "./field-error.ts";
import { validateLabels } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import {
  validateResourceQuantityValue,
  validateResourceRequirements,
} from "./validation-resources.ts";
import { validateNodeTaints, validateTolerations } from "./validation-tolerations.ts";

const ofNamespace = { isNamespaced: true, validateName: nameIsDnsSubdomain };
const ofCluster = { isNamespaced: false, validateName: nameIsDnsSubdomain };

/** pkg/apis/core/validation/validation.go ValidateNode; taints stand under metadata there. */
export function validateNode({
  metadata = {},
  spec = {},
  status = {},
}: Unchecked<Node>): FieldError[] {
  const cidrs = spec.podCIDRs ?? [];
  const families = new Set(cidrs.map((cidr) => cidr.includes(":")));
  const isDual = cidrs.length < 2 || (cidrs.length === 2 && families.size === 2);
  const notDual = "may specify no more than one CIDR for each IP family";
  const form = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
  return [
    ...validateObjectMeta(metadata, ofCluster),
    ...validateNodeTaints(spec.taints ?? [], "metadata.taints"),
    ...(["capacity", "allocatable"] as const).flatMap((list) => {
      return [...quantities(status[list])].flatMap(([name, amount]) => {
        return validateResourceQuantityValue(name, amount, `status.${list}.${name}`);
      });
    }),
    ...cidrs.flatMap((cidr, index) => {
      return isCidr(cidr) ? [] : [invalid(`spec.podCIDRs[${index}]`, cidr, form)];
    }),
    ...(isDual ? [] : [invalid("spec.podCIDRs", cidrs, notDual)]),
  ];
}

/** ValidateConfigMap. */
export function validateConfigMap(configMap: Unchecked<ConfigMap>): FieldError[] {
  const { data = {}, binaryData = {} } = configMap;
  const size =
    sum(Object.values(data).map(utf8Length)) + sum(Object.values(binaryData).map(decodedLength));
  const twice = "duplicate of key present in binaryData";
  return [
    ...validateObjectMeta(configMap.metadata ?? {}, ofNamespace),
    ...Object.keys(data).flatMap((key) => [
      ...invalids(`data[${key}]`, key, isConfigMapKey(key)),
      ...(key in binaryData ? [invalid(`data[${key}]`, key, twice)] : []),
    ]),
    ...Object.keys(binaryData).flatMap((key) => {
      return invalids(`binaryData[${key}]`, key, isConfigMapKey(key));
    }),
    ...(size > maxDataLength ? [tooLong("", maxDataLength)] : []),
  ];
}

/** 1 MiB, of ConfigMaps and Secrets. */
export const maxDataLength = 1024 * 1024;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** pkg/apis/scheduling/validation/validation.go ValidatePriorityClass. */
export function validatePriorityClass(priorityClass: Unchecked<PriorityClass>): FieldError[] {
  const { metadata = {}, value = 0, preemptionPolicy } = priorityClass;
  const { name = "" } = metadata;
  const isSystem = name.startsWith("system-");
  const problem = isSystem ? systemClassProblem(name, priorityClass) : undefined;
  const reserved =
    "priority class names with 'system-' prefix are reserved for system use only. error:";
  const tooHigh = `maximum allowed value of a user defined priority is ${highestUserPriority}`;
  return [
    ...validateObjectMeta(metadata, ofCluster),
    ...(problem === undefined ? [] : [forbidden("metadata.name", `${reserved} ${problem}`)]),
    ...(!isSystem && value > highestUserPriority ? [forbidden("value", tooHigh)] : []),
    ...(preemptionPolicy === undefined
      ? []
      : validateRequiredChoice(preemptionPolicy, preemptionPolicies, "preemptionPolicy")),
  ];
}

const highestUserPriority = 1_000_000_000;
/** Also of a pod. */
export const preemptionPolicies = ["PreemptLowerPriority", "Never"] as const;

function systemClassProblem(
  name: string,
  { value = 0, globalDefault = false }: Unchecked<PriorityClass>,
): string | undefined {
  const known = systemPriorityClasses.find((one) => one.metadata.name === name);
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known.value !== value) return `value of ${name} PriorityClass must be ${known.value}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

/** pkg/apis/node/validation/validation.go ValidateRuntimeClass. */
export function validateRuntimeClass(runtimeClass: Unchecked<RuntimeClass>): FieldError[] {
  const { metadata = {}, handler = "", overhead, scheduling } = runtimeClass;
  const limits = overhead?.podFixed ?? {};
  return [
    ...validateObjectMeta(metadata, ofCluster),
    ...invalids("handler", handler, nameIsDnsLabel(handler)),
    ...validateResourceRequirements({ limits }, new Set(), "overhead"),
    ...validateLabels(scheduling?.nodeSelector, "scheduling.nodeSelector"),
    ...validateTolerations(scheduling?.tolerations ?? [], "scheduling.tolerations"),
    ...repeatedTolerations(scheduling?.tolerations ?? [], "scheduling.tolerations"),
  ];
}

function repeatedTolerations(
  tolerations: readonly Unchecked<Toleration>[],
  path: string,
): FieldError[] {
  const used = new Set<string>();
  return tolerations.flatMap((toleration, index) => {
    const { key = "", operator = "", value = "", effect = "" } = toleration;
    const { tolerationSeconds: seconds = null } = toleration;
    const listKey = JSON.stringify([key, operator, value, effect]);
    const isSecond = used.has(listKey);
    used.add(listKey);
    const shown = { Key: key, Operator: operator, Value: value, Effect: effect };
    return isSecond
      ? [duplicate(`${path}[${index}]`, { ...shown, TolerationSeconds: seconds })]
      : [];
  });
}
