/** A package that only some pictures need, and that is not installed. */
export class MissingPackageError extends Error {
  override readonly name = "MissingPackageError";
}

/** For the `catch` of an import: says what to install; another failure goes on. */
export function missingPackage(name: string, use: string): (error: unknown) => never {
  return (error) => {
    const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    const sentence = `${use} needs the package ${name}, which is not installed`;
    throw new MissingPackageError(`${sentence}; npm install ${name}`, { cause: error });
  };
}
