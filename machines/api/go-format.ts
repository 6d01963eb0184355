/** What Go's `fmt.Sprintf` makes of a text that is taken for a format, without any argument. */
export function sprintf(format: string): string {
  return format.replace(directive, (text: string, width: string, precision: string | undefined) => {
    const badWidth = width === "" ? "" : "%!(BADWIDTH)";
    const badPrecision = precision === "*" ? "%!(BADPREC)" : "";
    return `${badWidth}${badPrecision}${withoutArgument(text)}`;
  });
}

function withoutArgument(text: string): string {
  const verb = text.length === 1 ? "" : ([...text].at(-1) ?? "");
  if (/^%[-+# 0]*\*?\d*(?:\.\*?\d+|\.\*)?$/u.test(text)) return "%!(NOVERB)";
  if (verb === "%") return "%";
  return `%!${verb}(${text.includes("[") ? "BADINDEX" : "MISSING"})`;
}

/** Flags, a width, a precision, each maybe with the number of an argument, and a verb. */
const directive =
  /%[-+# 0]*(?:\[[^\]]*\])?(\*?)\d*(?:\.(?=[^])(?:\[[^\]]*\])?(\*?)\d*)?(?:\[[^\]]*\])?[^]?/gu;
