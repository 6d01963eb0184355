import { checkErr, type KubectlFailure } from "../../../machines/api/kubectl-error.ts";

/** What kubectl prints when something went wrong. */
export function run(input: KubectlFailure): unknown {
  return checkErr(input);
}
