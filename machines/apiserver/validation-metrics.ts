import type {
  CrossVersionObjectReference,
  MetricSpec,
  MetricTarget,
} from "../api/autoscaling-objects.ts";
import { isDns1123Label } from "../api/names.ts";
import { quantitySign } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
} from "./field-error.ts";
import { isValidPathSegmentName } from "./validation-rbac.ts";
import { validateContainerResourceName } from "./validation-resource-names.ts";

/** Of what is scaled, which needs a group; ValidateCrossVersionObjectReference. */
export function validateReference(
  { kind = "", name = "", apiVersion = "" }: Unchecked<CrossVersionObjectReference>,
  path: string,
  allowsNoGroup = false,
): FieldError[] {
  const named = (field: string, value: string) =>
    value === ""
      ? [required(`${path}.${field}`)]
      : invalids(`${path}.${field}`, value, isValidPathSegmentName(value));
  const unexpected = `unexpected GroupVersion string: ${apiVersion}`;
  const parts = apiVersion.split("/");
  const noGroup = "apiVersion must specify API group";
  const hasGroup = parts.length === 2 || allowsNoGroup;
  return [
    ...named("kind", kind),
    ...named("name", name),
    ...(parts.length > 2 ? [invalid(`${path}.apiVersion`, apiVersion, unexpected)] : []),
    ...(parts.length > 2 || hasGroup ? [] : [invalid(`${path}.apiVersion`, apiVersion, noGroup)]),
  ];
}

const sources = {
  Object: "object",
  External: "external",
  Pods: "pods",
  Resource: "resource",
  ContainerResource: "containerResource",
} as const;

/** validateMetricSpec. */
export function validateMetric(metric: Unchecked<MetricSpec>, path: string): FieldError[] {
  const { type = "" } = metric;
  const given = Object.values(sources).filter((source) => metric[source] !== undefined);
  const expected = Object.entries(sources).find(([name]) => name === type)?.[1];
  const known = Object.keys(sources).toSorted();
  const unknown = expected === undefined ? [notSupported(`${path}.type`, type, known)] : [];
  const [first] = given;
  const missing = "must populate information for the given metric source";
  const only = "must populate the given metric source only";
  return [
    ...(type === "" ? [required(`${path}.type`, "must specify a metric source type")] : []),
    ...unknown,
    ...(first === undefined ? [] : validateSource(metric, first, `${path}.${first}`)),
    ...(expected !== undefined && metric[expected] === undefined
      ? [required(`${path}.${expected}`, missing)]
      : []),
    ...unknown,
    ...(given.length === 1 ? [] : given)
      .filter((source) => source !== expected)
      .map((source) => forbidden(`${path}.${source}`, only)),
  ];
}

type SourceName = (typeof sources)[keyof typeof sources];

function validateSource(
  { object, external, pods, resource, containerResource }: Unchecked<MetricSpec>,
  source: SourceName,
  path: string,
): FieldError[] {
  const metric = (object ?? external ?? pods)?.metric ?? {};
  const target = (object ?? external ?? pods ?? resource ?? containerResource)?.target ?? {};
  const isOfResource = source === "resource" || source === "containerResource";
  const own = resource ?? containerResource ?? {};
  return [
    ...(source === "object"
      ? validateReference(object?.describedObject ?? {}, `${path}.describedObject`, true)
      : []),
    ...(isOfResource ? validateResource(own, source, path) : validateIdentifier(metric, path)),
    ...validateTarget(target, `${path}.target`),
    ...validateAmounts(target, source, `${path}.target`),
  ];
}

function validateResource(
  own: { readonly name?: string; readonly container?: string },
  source: SourceName,
  path: string,
): FieldError[] {
  const { name = "", container = "" } = own;
  const unnamed = name === "" ? [required(`${path}.name`, "must specify a resource name")] : [];
  if (source === "resource") return unnamed;
  return [
    ...(name === "" ? unnamed : validateContainerResourceName(name, `${path}.name`)),
    ...(container === ""
      ? [required(`${path}.container`, "must specify a container")]
      : invalids(`${path}.container`, container, isDns1123Label(container))),
  ];
}

function validateIdentifier(
  metric: NonNullable<NonNullable<Unchecked<MetricSpec>["pods"]>["metric"]>,
  path: string,
): FieldError[] {
  const { name = "" } = metric;
  const at = `${path}.metric.name`;
  return name === ""
    ? [required(at, "must specify a metric name")]
    : invalids(at, name, isValidPathSegmentName(name));
}

function validateTarget(target: Unchecked<MetricTarget>, path: string): FieldError[] {
  const { type = "", averageUtilization: share } = target;
  const isKnown = ["Utilization", "Value", "AverageValue"].includes(type);
  const types = "must be either Utilization, Value, or AverageValue";
  return [
    ...(type === "" ? [required(`${path}.type`, "must specify a metric target type")] : []),
    ...(isKnown ? [] : [invalid(`${path}.type`, type, types)]),
    ...(["value", "averageValue"] as const).flatMap((field) => {
      const amount = target[field];
      if (amount === undefined || quantitySign(mustParse(amount)) > 0) return [];
      return [invalid(`${path}.${field}`, formatQuantity(mustParse(amount)), "must be positive")];
    }),
    ...(share !== undefined && share < 1
      ? [invalid(`${path}.averageUtilization`, share, "must be greater than 0")]
      : []),
  ];
}

function validateAmounts(
  { value, averageValue, averageUtilization }: Unchecked<MetricTarget>,
  source: SourceName,
  path: string,
): FieldError[] {
  const [at, shareAt] = [`${path}.averageValue`, `${path}.averageUtilization`];
  const none = value === undefined && averageValue === undefined;
  const both = value !== undefined && averageValue !== undefined;
  const noShare = averageUtilization === undefined && averageValue === undefined;
  const twoShares = averageUtilization !== undefined && averageValue !== undefined;
  switch (source) {
    case "object":
      return none ? [required(at, "must set either a target value or averageValue")] : [];
    case "pods":
      return averageValue === undefined
        ? [required(at, "must specify a positive target averageValue")]
        : [];
    case "external":
      return [
        ...(none
          ? [required(at, "must set either a target value for metric or a per-pod target")]
          : []),
        ...(both ? [forbidden(`${path}.value`, twoTargets)] : []),
      ];
    default:
      return [
        ...(noShare ? [required(shareAt, `must set either ${twoRaw}`)] : []),
        ...(twoShares
          ? [forbidden(at, `may not set both ${twoRaw.replace(" or ", " and ")}`)]
          : []),
      ];
  }
}

const twoTargets = "may not set both a target value for metric and a per-pod target";
const twoRaw = "a target raw value or a target utilization";
