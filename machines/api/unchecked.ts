/**
 * An object as somebody wrote it: every field may be missing and a word may be any word. This is
 * what defaulting and validation work on; a `T` is always an `Unchecked<T>`.
 */
export type Unchecked<T> = T extends string
  ? string
  : T extends readonly (infer Element)[]
    ? readonly Unchecked<Element>[]
    : T extends object
      ? string extends keyof T
        ? T
        : { readonly [Key in keyof T]?: Unchecked<T[Key]> }
      : T;
