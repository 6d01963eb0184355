import type { Namespace } from "../../api/policy-objects.ts";
import {
  hasStatusCause,
  isAlreadyExists,
  newAggregate,
  send,
  type Sync,
  type SyncError,
} from "../sync.ts";

/** What the controller's caches hold of a namespace. */
export interface ServiceAccountView {
  /** Undefined when it is gone. */
  readonly namespace: Namespace | undefined;
  /** The names of its accounts. */
  readonly accounts: readonly string[];
}

/** serviceaccounts_controller.go DefaultServiceAccountsControllerOptions */
const serviceAccountsToEnsure = ["default"];

/** pkg/controller/serviceaccount/serviceaccounts_controller.go syncNamespace */
export function* syncServiceAccounts(view: ServiceAccountView): Sync<SyncError | undefined> {
  const { namespace, accounts } = view;
  if (namespace?.status?.phase !== "Active") return undefined;
  const createFailures: SyncError[] = [];
  for (const name of serviceAccountsToEnsure) {
    if (accounts.includes(name)) continue;
    const { error } = yield* send({
      verb: "create",
      resource: "serviceaccounts",
      namespace: namespace.metadata.name,
      object: {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name, namespace: namespace.metadata.name },
      },
    });
    if (error === undefined || isAlreadyExists(error)) continue;
    if (!hasStatusCause(error, "NamespaceTerminating")) createFailures.push(error);
  }
  return newAggregate(createFailures);
}
