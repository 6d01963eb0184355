import type { KubeletConfiguration } from "../../machines/api/kubelet-configuration.ts";
import type { Unchecked } from "../../machines/api/unchecked.ts";
import type { NodeConfiguration } from "../system/node-side.ts";

/** A configuration that was read, defaulted and checked, as a node's machines take it. */
export function nodeConfiguration(
  configuration: Unchecked<KubeletConfiguration>,
): NodeConfiguration {
  const { imagePullCredentialsVerificationPolicy: said, ...others } = configuration;
  const policy = policies.find((one) => one === said);
  return { ...others, ...(policy && { imagePullCredentialsVerificationPolicy: policy }) };
}

const policies = [
  "NeverVerifyPreloadedImages",
  "NeverVerify",
  "NeverVerifyAllowlistedImages",
  "AlwaysVerify",
] as const;
