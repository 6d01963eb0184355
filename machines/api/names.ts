/** What is wrong with a name or value, in Kubernetes' words; empty when nothing is. */
export type Messages = readonly string[];

/** A label's key: `name` or `example.com/name`; apimachinery/pkg/api/validate/content/kube.go. */
export function isQualifiedName(value: string): Messages {
  const parts = value.split("/");
  if (parts.length > 2) {
    const form = regexError(labelKeyMessage, labelKey, "MyName", "my.name", "123-abc");
    const optional = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
    return [`a valid label key ${form} ${optional}`];
  }
  const name = parts.at(-1) ?? "";
  const wrong = parts.length === 2 ? [...prefixMessages(parts[0] ?? "")] : [];
  if (name === "") wrong.push("name part must be non-empty");
  else if (utf8Length(name) > maxLabelLength) {
    wrong.push(`name part ${maxBytesError(maxLabelLength)}`);
  }
  if (!matches(labelKey, name)) {
    const form = regexError(labelKeyMessage, labelKey, "MyName", "my.name", "123-abc");
    wrong.push(`name part ${form}`);
  }
  return wrong;
}

function prefixMessages(prefix: string): Messages {
  if (prefix === "") return ["prefix part must be non-empty"];
  return isDns1123SubdomainContent(prefix).map((message) => `prefix part ${message}`);
}

/** A label's value; apimachinery/pkg/api/validate/content/kube.go IsLabelValue. */
export function isValidLabelValue(value: string): Messages {
  const long = utf8Length(value) > maxLabelLength ? [maxBytesError(maxLabelLength)] : [];
  if (matches(labelValue, value)) return long;
  return [...long, regexError(labelValueMessage, labelValue, "MyValue", "my_value", "12345")];
}

/** `my-name`; apimachinery/pkg/util/validation/validation.go IsDNS1123Label. */
export function isDns1123Label(value: string): Messages {
  const long = utf8Length(value) > maxLabelLength ? [maxLengthError(maxLabelLength)] : [];
  if (matches(dnsLabel, value)) return long;
  if (matches(dnsSubdomain, value)) return [...long, "must not contain dots"];
  return [...long, regexError(dnsLabelMessage, dnsLabel, "my-name", "123-abc")];
}

/** `example.com`; apimachinery/pkg/util/validation/validation.go IsDNS1123Subdomain. */
export function isDns1123Subdomain(value: string): Messages {
  const long = utf8Length(value) > maxSubdomainLength ? [maxLengthError(maxSubdomainLength)] : [];
  if (matches(dnsSubdomain, value)) return long;
  return [...long, regexError(dnsSubdomainMessage, dnsSubdomain, "example.com")];
}

/** The same rule where the library for declarative validation words it: bytes, not characters. */
function isDns1123SubdomainContent(value: string): Messages {
  const long = utf8Length(value) > maxSubdomainLength ? [maxBytesError(maxSubdomainLength)] : [];
  if (matches(dnsSubdomain, value)) return long;
  return [...long, regexError(dnsSubdomainMessage, dnsSubdomain, "example.com")];
}

/** DNS search paths may hold underscores; IsDNS1123SubdomainWithUnderscore. */
export function isDns1123SubdomainWithUnderscore(value: string): Messages {
  const long = utf8Length(value) > maxSubdomainLength ? [maxLengthError(maxSubdomainLength)] : [];
  if (matches(searchPath, value)) return long;
  return [...long, regexError(searchPathMessage, searchPath, "example.com")];
}

/** A prefix is what a name is generated from: it may end in a dash. */
export function nameIsDnsSubdomain(name: string, isPrefix = false): Messages {
  return isDns1123Subdomain(isPrefix ? maskTrailingDash(name) : name);
}

/** A prefix is what a name is generated from: it may end in a dash. */
export function nameIsDnsLabel(name: string, isPrefix = false): Messages {
  return isDns1123Label(isPrefix ? maskTrailingDash(name) : name);
}

/** Upstream cuts two characters for one dash; so do we. */
function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
}

/** A key of a ConfigMap's or Secret's data; IsConfigMapKey. */
export function isConfigMapKey(value: string): Messages {
  const form = regexError(configKeyMessage, configKey, "key.name", "KEY_NAME", "key-name");
  return [
    ...(utf8Length(value) > maxSubdomainLength ? [maxLengthError(maxSubdomainLength)] : []),
    ...(matches(configKey, value) ? [] : [form]),
    ...changesDirectory(value),
  ];
}

function changesDirectory(value: string): Messages {
  if (value === ".") return ["must not be '.'"];
  if (value === "..") return ["must not be '..'"];
  return value.startsWith("..") ? ["must not start with '..'"] : [];
}

/** `my-name`, which must begin with a letter; IsDNS1035Label. */
export function isDns1035Label(value: string): Messages {
  const long = utf8Length(value) > maxLabelLength ? [maxLengthError(maxLabelLength)] : [];
  if (matches(dns1035Label, value)) return long;
  return [...long, regexError(dns1035LabelMessage, dns1035Label, "my-name", "abc-123")];
}

/** `*.example.com`; IsWildcardDNS1123Subdomain. */
export function isWildcardDns1123Subdomain(value: string): Messages {
  const long = utf8Length(value) > maxSubdomainLength ? [maxLengthError(maxSubdomainLength)] : [];
  if (matches(wildcard, value)) return long;
  return [...long, regexError(wildcardMessage, wildcard, "*.example.com")];
}

/** A share of something: digits and a percent sign; IsValidPercent. */
export function isValidPercent(value: string): Messages {
  return matches(percent, value) ? [] : [regexError(percentMessage, percent, "1%", "93%")];
}

/** IsEnvVarName, as it was before 1.32. */
export function isEnvVarName(value: string): Messages {
  const examples = ["my.env-name", "MY_ENV.NAME", "MyEnvName1"];
  const form = matches(envVarName, value) ? [] : [regexError(envMessage, envVarName, ...examples)];
  return [...form, ...changesDirectory(value)];
}

/** An environment variable's name since 1.32: any printable ASCII but `=`; IsRelaxedEnvVarName. */
export function isRelaxedEnvVarName(value: string): Messages {
  if (value === "") return ["environment variable name must be non-empty"];
  return matches("[ -<>-~]+", value) ? [] : [environmentNameMessage];
}

/** IsHTTPHeaderName, stricter than RFC 7230. */
export function isHttpHeaderName(value: string): Messages {
  return matches(headerName, value)
    ? []
    : [regexError(headerNameMessage, headerName, "X-Header-Name")];
}

/** A port's name as Services and probes use it; IsValidPortName. */
export function isValidPortName(port: string): Messages {
  const isOneSided = port !== "" && (port.startsWith("-") || port.endsWith("-"));
  return [
    ...(utf8Length(port) > maxPortNameLength ? [maxLengthError(maxPortNameLength)] : []),
    ...(matches("[-a-z0-9]+", port) ? [] : [portNameMessage]),
    ...(/[a-z]/.test(port) ? [] : ["must contain at least one letter (a-z)"]),
    ...(port.includes("--") ? ["must not contain consecutive hyphens"] : []),
    ...(isOneSided ? ["must not begin or end with a hyphen"] : []),
  ];
}

/** IsValidPortNum. */
export function isValidPortNum(port: number): Messages {
  return isInRange(port, 1, 65_535);
}

/** A Unix uid or gid; IsValidUserID and IsValidGroupID. */
export function isValidUserId(id: number): Messages {
  return isInRange(id, 0, 2 ** 31 - 1);
}

/** Both ends belong to the range; IsInRange. */
export function isInRange(value: number, low: number, high: number): Messages {
  const isInside = low <= value && value <= high;
  return isInside ? [] : [`must be between ${low} and ${high}, inclusive`];
}

/** Go's `len` of a string: bytes, not characters. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return length;
}

function matches(expression: string, value: string): boolean {
  const known = compiled.get(expression);
  if (known !== undefined) return known.test(value);
  const whole = new RegExp(`^(?:${expression})$`);
  compiled.set(expression, whole);
  return whole.test(value);
}

/** Of the few expressions of this file. */
const compiled = new Map<string, RegExp>();

function maxLengthError(length: number): string {
  return `must be no more than ${length} characters`;
}

function maxBytesError(length: number): string {
  return `must be no more than ${length} bytes`;
}

/** A message with what would be right. */
export function regexError(
  message: string,
  expression: string,
  ...examples: readonly string[]
): string {
  const shown = examples.map((example) => `'${example}', `).join(" or ");
  return `${message} (e.g. ${shown}regex used for validation is '${expression}')`;
}

const maxLabelLength = 63;
const maxSubdomainLength = 253;
const maxPortNameLength = 15;

const ends = "and must start and end with an alphanumeric character";
const labelKey = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const labelKeyMessage = `must consist of alphanumeric characters, '-', '_' or '.', ${ends}`;
const labelValue = `(${labelKey})?`;
const labelValueMessage = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${ends}`;
const dnsLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const dnsLabelMessage = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${ends}`;
const dnsSubdomain = `${dnsLabel}(\\.${dnsLabel})*`;
const dnsSubdomainMessage = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${ends}`;
const searchLabel = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const searchPath = `${searchLabel}(\\.${searchLabel})*`;
const searchPathMessage = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', ${ends}`;
const configKey = "[-._a-zA-Z0-9]+";
const configKeyMessage =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
const environmentNameMessage =
  "a valid environment variable name must consist only of printable ASCII characters other than '='";
const headerName = "[-A-Za-z0-9]+";
const headerNameMessage = "a valid HTTP header must consist of alphanumeric characters or '-'";
const portNameMessage = "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
const dns1035Label = "[a-z]([-a-z0-9]*[a-z0-9])?";
const dns1035LabelMessage =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
const wildcard = `\\*\\.${dnsSubdomain}`;
const wildcardMessage =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
const percent = "[0-9]+%";
const percentMessage = "a valid percent string must be a numeric string followed by an ending '%'";
const envVarName = "[-._a-zA-Z][-._a-zA-Z0-9]*";
const envMessage =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
