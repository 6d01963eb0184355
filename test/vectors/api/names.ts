import { getScaledValueFromIntOrPercent } from "../../../machines/api/int-or-string.ts";
import * as names from "../../../machines/api/names.ts";
import { type FieldError, fieldErrorText } from "../../../machines/apiserver/field-error.ts";
import * as domains from "../../../machines/apiserver/validation-domains.ts";
import {
  isValidCidr,
  isValidIP,
  isValidIPForLegacyField,
} from "../../../machines/apiserver/validation-ip.ts";
import { validateNonnegativeField } from "../../../machines/apiserver/validation-numbers.ts";

interface Input {
  readonly func: string;
  readonly value: string | number;
  readonly min?: number;
  readonly max?: number;
  readonly total?: number;
  readonly roundUp?: boolean;
}

const ofTexts: Readonly<Record<string, (value: string) => names.Messages>> = {
  IsDNS1123Label: names.isDns1123Label,
  IsDNS1123Subdomain: names.isDns1123Subdomain,
  IsDNS1123SubdomainWithUnderscore: names.isDns1123SubdomainWithUnderscore,
  IsDNS1035Label: names.isDns1035Label,
  IsWildcardDNS1123Subdomain: names.isWildcardDns1123Subdomain,
  IsQualifiedName: names.isQualifiedName,
  IsValidLabelValue: names.isValidLabelValue,
  IsValidPercent: names.isValidPercent,
  IsConfigMapKey: names.isConfigMapKey,
  IsEnvVarName: names.isEnvVarName,
  IsRelaxedEnvVarName: names.isRelaxedEnvVarName,
  IsHTTPHeaderName: names.isHttpHeaderName,
  IsValidPortName: names.isValidPortName,
  "NameIsDNSSubdomain(prefix)": (value) => names.nameIsDnsSubdomain(value, true),
  "NameIsDNSLabel(prefix)": (value) => names.nameIsDnsLabel(value, true),
};

/** Those that say which field they are about. */
const ofFields: Readonly<Record<string, (path: string, value: string) => readonly FieldError[]>> = {
  IsFullyQualifiedName: domains.isFullyQualifiedName,
  IsFullyQualifiedDomainName: domains.isFullyQualifiedDomainName,
  IsDomainPrefixedPath: domains.isDomainPrefixedPath,
  IsDomainPrefixedKey: domains.isDomainPrefixedKey,
  IsValidIP: isValidIP,
  IsValidIPForLegacyField: isValidIPForLegacyField,
  IsValidCIDR: isValidCidr,
};

const ofNumbers: Readonly<Record<string, (value: number, input: Input) => names.Messages>> = {
  IsValidPortNum: names.isValidPortNum,
  IsValidUserID: names.isValidUserId,
  IsInRange: (value, { min = 0, max = 0 }) => names.isInRange(value, min, max),
  ValidateNonnegativeField: (value) => validateNonnegativeField(value, "f").map(fieldErrorText),
};

/** What is wrong with a name or a number. */
export function run(input: Input): unknown {
  const { func, value } = input;
  if (func === "GetScaledValueFromIntOrPercent") return scaled(input);
  if (typeof value === "number") return { messages: ofNumbers[func]?.(value, input) };
  const errors = ofFields[func]?.("f", value).map(fieldErrorText);
  return { messages: errors ?? ofTexts[func]?.(value) };
}

/** The recorded value is a text, which Go's parser takes for a number where it is one. */
function scaled({ value, total = 0, roundUp = false }: Input): object {
  const isInt = /^[+-]?\d+$/.test(String(value));
  const given = isInt ? Number(value) : String(value);
  return { isInt, ...getScaledValueFromIntOrPercent(given, total, roundUp) };
}
