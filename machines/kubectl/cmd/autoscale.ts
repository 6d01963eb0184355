import { quote } from "../../api/quote.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { resourceOfObject, resourceText } from "./mapping.ts";
import { dryRunMistake, outputMistake } from "./output.ts";
import { post } from "./write.ts";

/** kubectl/pkg/cmd/autoscale/autoscale.go */
export function autoscale(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const [min, max] = [call.number("min"), call.number("max")];
  if (max < 1) {
    return failed(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  }
  if (max < min) {
    const both = `max: ${max}, min: ${min}`;
    return failed(`--max=MAXPODS must be larger or equal to --min=MINPODS, ${both}`);
  }
  if (call.has("cpu-percent") && call.has("cpu")) {
    return failed("--cpu-percent and --cpu are mutually exclusive");
  }
  const { infos, failure } = build(call, call.args);
  if (failure !== undefined) return failure;
  for (const { resource, namespace, name } of infos) {
    if (!resource.subresources.includes("scale")) {
      const where = "in discovery information";
      const why = `could not find scale subresource for ${resourceText(resource)} ${where}`;
      return failed(`cannot autoscale a ${resource.kind}: ${why}`);
    }
    const wrong = amountMistake(call);
    if (wrong !== undefined) return wrong;
    const target = { apiVersion: versionOf(resource), kind: resource.kind, name };
    const own = call.flag("name") || name;
    const spec = { scaleTargetRef: target, maxReplicas: max, ...(min > 0 && { minReplicas: min }) };
    const object = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: own, namespace },
      spec,
    };
    const answer = makeNamed(call, object, "autoscaled");
    if (answer !== undefined) return answer;
  }
  return infos.length === 0 ? failed("no objects passed to autoscale") : undefined;
}

function amountMistake(call: Invocation): Failure | undefined {
  const wrong = ["cpu", "memory"].find((one) => {
    const text = call.flag(one);
    return text !== "" && !/^\d+(?:%|m|k|Ki|M|Mi|G|Gi|T|Ti)?$/.test(text);
  });
  return wrong === undefined
    ? undefined
    : failed(`invalid resource ${wrong} value: ${call.flag(wrong)}`);
}

function versionOf({ group, version }: Info["resource"]): string {
  return group === "" ? version : `${group}/${version}`;
}

interface Made {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: object;
}

/** Creates what a command has made of its words. */
export function makeNamed(call: Invocation, object: Made, done = "created"): Failure | undefined {
  const { apiVersion, kind, metadata } = object;
  const resource = resourceOfObject(apiVersion, kind);
  if (resource === undefined) return failed(`no matches for kind ${quote(kind)}`);
  const namespace = resource.isNamespaced ? (metadata.namespace ?? call.namespace) : "";
  return post(call, { resource, namespace, name: metadata.name, object }, done);
}
