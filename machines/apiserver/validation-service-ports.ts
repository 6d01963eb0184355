import { isDns1123Label, isQualifiedName, isValidPortName, isValidPortNum } from "../api/names.ts";
import type { ServicePort, ServiceSpec } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  invalids,
  required,
  validateRequiredChoice,
} from "./field-error.ts";

type Port = Unchecked<ServicePort>;

/** Each port by itself, and what no two of them may share. */
export function validateServicePorts({ ports = [] }: Unchecked<ServiceSpec>): FieldError[] {
  const names = ports.map(({ name = "" }) => name);
  return ports.flatMap((port, index) => {
    const path = `spec.ports[${index}]`;
    const isSecondName = names.indexOf(port.name ?? "") < index;
    return validateServicePort(port, ports.length > 1, isSecondName, path);
  });
}

/** Numbers that are taken twice; what is shown is Go's key of them. */
export function validateSharedPorts({ ports = [] }: Unchecked<ServiceSpec>): FieldError[] {
  const second = (field: "nodePort" | "port", index: number) => {
    const key = ({ protocol = "", ...port }: Port) => `${protocol}/${port[field] ?? 0}`;
    const keys = ports.map(key);
    return keys.indexOf(keys[index] ?? "") < index;
  };
  return [
    ...ports.flatMap(({ nodePort = 0 }, index) => {
      const isSecond = nodePort !== 0 && second("nodePort", index);
      return isSecond ? [duplicate(`spec.ports[${index}].nodePort`, nodePort)] : [];
    }),
    ...ports.flatMap(({ protocol = "", port = 0 }, index) => {
      const key = { Name: "", Protocol: protocol, AppProtocol: null, Port: port };
      const shown = { ...key, TargetPort: 0, NodePort: 0 };
      return second("port", index) ? [duplicate(`spec.ports[${index}]`, shown)] : [];
    }),
  ];
}

function validateServicePort(
  { name = "", port = 0, protocol = "", targetPort = 0, appProtocol }: Port,
  mustHaveName: boolean,
  isSecondName: boolean,
  path: string,
): FieldError[] {
  const at = `${path}.name`;
  const named = [
    ...invalids(at, name, isDns1123Label(name)),
    ...(isSecondName ? [duplicate(at, name)] : []),
  ];
  const unnamed = mustHaveName ? [required(at)] : [];
  return [
    ...(name === "" ? unnamed : named),
    ...invalids(`${path}.port`, port, isValidPortNum(port)),
    ...validateRequiredChoice(protocol, protocols, `${path}.protocol`),
    ...validatePortNumOrName(targetPort, `${path}.targetPort`),
    ...(appProtocol === undefined
      ? []
      : invalids(`${path}.appProtocol`, appProtocol, isQualifiedName(appProtocol))),
  ];
}

/** In the order of messages. */
export const protocols = ["SCTP", "TCP", "UDP"];

/** ValidatePortNumOrName. */
export function validatePortNumOrName(port: number | string, path: string): FieldError[] {
  const messages = typeof port === "number" ? isValidPortNum(port) : isValidPortName(port);
  return invalids(path, port, messages);
}
