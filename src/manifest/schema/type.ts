/**
 * The fields of Kubernetes' structs as its Go types declare them: by struct, by field type, the
 * names of the fields. A field type is a word (`string`, `int32`, `Quantity`), a struct's name,
 * or either behind `[]` (list) or `{}` (map with free keys). Marks say what Go's encoder does with
 * the zero value: `string` is left out, `*string` is written when it was given, `string!` always.
 */
export type StructTypes = Readonly<Record<string, Readonly<Record<string, string>>>>;
