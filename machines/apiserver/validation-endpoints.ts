import {
  isDns1123Label,
  isQualifiedName,
  isValidPortNum,
  nameIsDnsSubdomain,
} from "../api/names.ts";
import type { EndpointAddress, EndpointPort, Endpoints } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalids, required, validateRequiredChoice } from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { isValidIPForLegacyField } from "./validation-ip.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateEndpointIP } from "./validation-service-addresses.ts";
import { protocols } from "./validation-service-ports.ts";

type AnyEndpoints = Unchecked<Endpoints>;

/** pkg/apis/core/validation/validation.go ValidateEndpoints; what did not change stays. */
export function validateEndpoints(endpoints: AnyEndpoints, old?: AnyEndpoints): FieldError[] {
  const { metadata = {}, subsets = [] } = endpoints;
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  const isSame = old !== undefined && semanticDeepEqual(subsets, old.subsets);
  return [
    ...validateObjectMeta(metadata, rules),
    ...(isSame ? [] : subsets.flatMap(validateSubset)),
  ];
}

function validateSubset(
  subset: NonNullable<AnyEndpoints["subsets"]>[number],
  index: number,
): FieldError[] {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  const path = `subsets[${index}]`;
  const isEmpty = addresses.length === 0 && notReadyAddresses.length === 0;
  return [
    ...(isEmpty ? [required(path, "must specify `addresses` or `notReadyAddresses`")] : []),
    ...addresses.flatMap((one, at) => validateAddress(one, `${path}.addresses[${at}]`)),
    ...notReadyAddresses.flatMap((one, at) => {
      return validateAddress(one, `${path}.notReadyAddresses[${at}]`);
    }),
    ...ports.flatMap((port, at) => validatePort(port, ports.length > 1, `${path}.ports[${at}]`)),
  ];
}

function validateAddress(
  { ip = "", hostname = "", nodeName }: Unchecked<EndpointAddress>,
  path: string,
): FieldError[] {
  return [
    ...isValidIPForLegacyField(`${path}.ip`, ip),
    ...(hostname === "" ? [] : invalids(`${path}.hostname`, hostname, isDns1123Label(hostname))),
    ...(nodeName === undefined
      ? []
      : invalids(`${path}.nodeName`, nodeName, nameIsDnsSubdomain(nodeName))),
    ...validateEndpointIP(ip, `${path}.ip`),
  ];
}

function validatePort(
  { name = "", port = 0, protocol = "", appProtocol }: Unchecked<EndpointPort>,
  mustHaveName: boolean,
  path: string,
): FieldError[] {
  const unnamed = mustHaveName ? [required(`${path}.name`)] : [];
  return [
    ...(name === "" ? unnamed : invalids(`${path}.name`, name, isDns1123Label(name))),
    ...invalids(`${path}.port`, port, isValidPortNum(port)),
    ...validateRequiredChoice(protocol, protocols, `${path}.protocol`),
    ...(appProtocol === undefined
      ? []
      : invalids(`${path}.appProtocol`, appProtocol, isQualifiedName(appProtocol))),
  ];
}
