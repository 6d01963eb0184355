/** Why there is no such time zone, in the words of Go's `time.LoadLocation`. */
export function timeZoneError(name: string): string | undefined {
  if (name === "" || name === "UTC" || name === "Local") return undefined;
  const isEscaping = name.includes("..") || name.startsWith("/") || name.startsWith("\\");
  if (isEscaping) return "time: invalid location name";
  return isTimeZone(name) ? undefined : `unknown time zone ${name}`;
}

function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone !== "" && !/^[+-]/.test(name) && isWrittenRight(name, timeZone);
  } catch {
    return false;
  }
}

/** The database has files: `europe/berlin` is none. */
function isWrittenRight(name: string, canonical: string): boolean {
  if (name === canonical) return true;
  return name.toLowerCase() !== canonical.toLowerCase() && /^[A-Z]/.test(name);
}
