/** Why a kubelet would not start with a configuration; in its own words. */
export interface ConfigurationError {
  readonly field: string;
  readonly message: string;
}

/** A list, because most checks have one error or none. */
export function refuse(field: string, message: string): ConfigurationError[] {
  return [{ field, message }];
}
