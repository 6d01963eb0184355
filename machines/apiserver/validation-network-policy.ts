import { parseCidr } from "../api/cidr.ts";
import { ipBits } from "../api/ip-address.ts";
import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from "../api/network-objects.ts";
import { isValidPortName, isValidPortNum, nameIsDnsSubdomain } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
  validateChoice,
} from "./field-error.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { isValidCidrForLegacyField, warningsForCidr } from "./validation-ip.ts";
import { validateLabelSelector } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";

type AnyPolicy = Unchecked<NetworkPolicy>;
type Peer = Unchecked<NetworkPolicyPeer>;

/** pkg/apis/networking/validation/validation.go ValidateNetworkPolicy. */
export function validateNetworkPolicy(policy: AnyPolicy): FieldError[] {
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  return [...validateObjectMeta(policy.metadata ?? {}, rules), ...validateSpec(policy)];
}

/** Addresses that are written in an odd way; pkg/registry/networking/networkpolicy. */
export function networkPolicyWarnings({ spec = {} }: AnyPolicy): readonly string[] {
  return [
    ...(spec.ingress ?? []).flatMap(({ from = [] }, rule) => {
      return from.flatMap((peer, at) => blockWarnings(peer, `spec.ingress[${rule}].from[${at}]`));
    }),
    ...(spec.egress ?? []).flatMap(({ to = [] }, rule) => {
      return to.flatMap((peer, at) => blockWarnings(peer, `spec.egress[${rule}].to[${at}]`));
    }),
  ];
}

function blockWarnings({ ipBlock }: Peer, path: string): readonly string[] {
  return [
    ...(ipBlock ? warningsForCidr(`${path}.ipBlock.cidr`, ipBlock.cidr ?? "") : []),
    ...(ipBlock?.except ?? []).flatMap((one, index) => {
      return warningsForCidr(`${path}.ipBlock.except[${index}]`, one);
    }),
  ];
}

/** Blocks of addresses that were there stay; ValidateNetworkPolicyUpdate. */
export function validateNetworkPolicyUpdate(policy: AnyPolicy, old: AnyPolicy): FieldError[] {
  const { ingress = [], egress = [] } = old.spec ?? {};
  const peers = [
    ...ingress.flatMap(({ from = [] }) => from),
    ...egress.flatMap(({ to = [] }) => to),
  ];
  const known = peers.flatMap(({ ipBlock }) => {
    return ipBlock === undefined ? [] : [ipBlock.cidr ?? "", ...(ipBlock.except ?? [])];
  });
  return [...metadataUpdateErrors(policy, old), ...validateSpec(policy, known)];
}

function validateSpec({ spec = {} }: AnyPolicy, known: readonly string[] = []): FieldError[] {
  const { ingress = [], egress = [], policyTypes = [] } = spec;
  const types = ["Ingress", "Egress"];
  const tooMany = "may not specify more than two policyTypes";
  const rules = [
    ...ingress.map(({ ports = [], from = [] }, index) => {
      return { ports, peers: from, path: `spec.ingress[${index}]`, field: "from" };
    }),
    ...egress.map(({ ports = [], to = [] }, index) => {
      return { ports, peers: to, path: `spec.egress[${index}]`, field: "to" };
    }),
  ];
  return [
    ...validateLabelSelector(spec.podSelector, "spec.podSelector"),
    ...rules.flatMap(({ ports, peers, path, field }) => [
      ...ports.flatMap((port, index) => validatePort(port, `${path}.ports[${index}]`)),
      ...peers.flatMap((peer, index) => validatePeer(peer, known, `${path}.${field}[${index}]`)),
    ]),
    ...(policyTypes.length > types.length
      ? [invalid("spec.policyTypes", policyTypes, tooMany)]
      : policyTypes.flatMap((type, index) => {
          const at = `spec.policyTypes[${index}]`;
          return types.includes(type) ? [] : [notSupported(at, type, types)];
        })),
  ];
}

function validatePort(
  { protocol, port, endPort }: Unchecked<NetworkPolicyPort>,
  path: string,
): FieldError[] {
  const at = `${path}.endPort`;
  const errors = validateChoice(protocol, ["TCP", "UDP", "SCTP"], `${path}.protocol`);
  const refused = (why: string) =>
    endPort === undefined
      ? []
      : [invalid(at, endPort, `may not be specified when \`port\` is ${why}`)];
  if (port === undefined) return [...errors, ...refused("not specified")];
  if (typeof port === "string") {
    const named = invalids(`${path}.port`, port, isValidPortName(port));
    return [...errors, ...refused("non-numeric"), ...named];
  }
  const isBefore = endPort !== undefined && endPort < port;
  return [
    ...errors,
    ...invalids(`${path}.port`, port, isValidPortNum(port)),
    ...(isBefore ? [invalid(at, port, "must be greater than or equal to `port`")] : []),
    ...(endPort === undefined ? [] : invalids(at, endPort, isValidPortNum(endPort))),
  ];
}

function validatePeer(peer: Peer, known: readonly string[], path: string): FieldError[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const count = [podSelector, namespaceSelector, ipBlock].filter((one) => one !== undefined).length;
  const both = "may not specify both ipBlock and another peer";
  return [
    ...validateLabelSelector(podSelector, `${path}.podSelector`),
    ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...(ipBlock ? validateIPBlock(ipBlock, known, `${path}.ipBlock`) : []),
    ...(count === 0 ? [required(path, "must specify a peer")] : []),
    ...(count > 1 && ipBlock ? [forbidden(path, both)] : []),
  ];
}

function validateIPBlock(
  { cidr = "", except = [] }: NonNullable<Peer["ipBlock"]>,
  known: readonly string[],
  path: string,
): FieldError[] {
  if (cidr === "") return [required(`${path}.cidr`)];
  const errors = isValidCidrForLegacyField(`${path}.cidr`, cidr, known);
  if (parseCidr(cidr) === undefined) return errors;
  return [
    ...errors,
    ...except.flatMap((one, index) => {
      const at = `${path}.except[${index}]`;
      const isStrict = parseCidr(one) === undefined || isStrictSubset(one, cidr);
      return [
        ...isValidCidrForLegacyField(at, one, known),
        ...(isStrict ? [] : [invalid(at, one, "must be a strict subset of `cidr`")]),
      ];
    }),
  ];
}

function isStrictSubset(one: string, other: string): boolean {
  const [inner, outer] = [one, other].map((text) => {
    const [address = "", length = "0"] = (parseCidr(text)?.canonical ?? "").split("/");
    return { bits: ipBits(address), length: Number(length) };
  });
  if (inner === undefined || outer === undefined) return false;
  const isInside = inner.bits.startsWith(outer.bits.slice(0, outer.length));
  return inner.bits.length === outer.bits.length && isInside && outer.length < inner.length;
}
