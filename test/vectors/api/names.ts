import * as names from "../../../machines/api/names.ts";

interface Input {
  readonly func: string;
  readonly value: string | number;
  readonly min?: number;
  readonly max?: number;
}

const ofTexts: Readonly<Record<string, (value: string) => names.Messages>> = {
  IsDNS1123Label: names.isDns1123Label,
  IsDNS1123Subdomain: names.isDns1123Subdomain,
  IsDNS1123SubdomainWithUnderscore: names.isDns1123SubdomainWithUnderscore,
  IsQualifiedName: names.isQualifiedName,
  IsValidLabelValue: names.isValidLabelValue,
  IsConfigMapKey: names.isConfigMapKey,
  IsRelaxedEnvVarName: names.isRelaxedEnvVarName,
  IsHTTPHeaderName: names.isHttpHeaderName,
  IsValidPortName: names.isValidPortName,
  "NameIsDNSSubdomain(prefix)": (value) => names.nameIsDnsSubdomain(value, true),
  "NameIsDNSLabel(prefix)": (value) => names.nameIsDnsLabel(value, true),
};

const ofNumbers: Readonly<Record<string, (value: number, input: Input) => names.Messages>> = {
  IsValidPortNum: names.isValidPortNum,
  IsValidUserID: names.isValidUserId,
  IsInRange: (value, { min = 0, max = 0 }) => names.isInRange(value, min, max),
};

/** What is wrong with a name or a number. */
export function run(input: Input): unknown {
  const { func, value } = input;
  const messages =
    typeof value === "string" ? ofTexts[func]?.(value) : ofNumbers[func]?.(value, input);
  return { messages };
}
