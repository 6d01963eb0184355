import { type FieldError, invalid } from "./field-error.ts";

/** A relative path that does not climb; validateLocalDescendingPath. */
export function validateLocalDescendingPath(target: string, path: string): FieldError[] {
  const isAbsolute = target.startsWith("/");
  return [
    ...(isAbsolute ? [invalid(path, target, "must be a relative path")] : []),
    ...validatePathNoBacksteps(target, path),
  ];
}

/** One `..` is as bad as three. */
export function validatePathNoBacksteps(target: string, path: string): FieldError[] {
  const climbs = target.split("/").includes("..");
  return climbs ? [invalid(path, target, "must not contain '..'")] : [];
}

/** Names that begin with two dots belong to the kubelet; ValidateLocalNonReservedPath. */
export function validateLocalNonReservedPath(target: string, path: string): FieldError[] {
  const isReserved = target.startsWith("..") && !target.startsWith("../");
  return [
    ...validateLocalDescendingPath(target, path),
    ...(isReserved ? [invalid(path, target, "must not start with '..'")] : []),
  ];
}
