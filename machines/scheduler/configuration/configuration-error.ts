/** Why a scheduler would not start with a configuration; in its own words. */
export interface SchedulerConfigurationError {
  readonly field: string;
  readonly message: string;
}

/** apimachinery pkg/util/validation/field/errors.go Error */
export function invalid(
  field: string,
  value: unknown,
  detail: string,
): SchedulerConfigurationError {
  return { field, message: `${field}: Invalid value: ${shown(value)}: ${detail}` };
}

export function required(field: string, detail = ""): SchedulerConfigurationError {
  return { field, message: `${field}: Required value${detail === "" ? "" : `: ${detail}`}` };
}

export function duplicate(field: string, value: unknown): SchedulerConfigurationError {
  return { field, message: `${field}: Duplicate value: ${shown(value)}` };
}

export function forbidden(field: string, detail: string): SchedulerConfigurationError {
  return { field, message: `${field}: Forbidden: ${detail}` };
}

export function notSupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): SchedulerConfigurationError {
  const values = supported.map((one) => JSON.stringify(one)).join(", ");
  const message = `${field}: Unsupported value: ${shown(value)}: supported values: ${values}`;
  return { field, message };
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}
