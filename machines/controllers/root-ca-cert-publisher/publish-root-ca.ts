import type { ConfigMap } from "../../api/configuration-objects.ts";
import { goJson } from "../../api/go-json.ts";
import { hasStatusCause, isNotFound, send, type Sync, type SyncError } from "../sync.ts";

/** What the controller's cache holds of a namespace. */
export interface RootCaView {
  readonly namespace: string;
  /** Its kube-root-ca.crt, if there is one. */
  readonly configMap: ConfigMap | undefined;
  /** What signs the API server's certificate, in PEM. */
  readonly rootCA: string;
}

export const rootCACertConfigMapName = "kube-root-ca.crt";

const descriptionAnnotation = "kubernetes.io/description";
const description =
  "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. " +
  "No other usage is guaranteed across distributions of Kubernetes clusters.";

/** pkg/controller/certificates/rootcacertpublisher/publisher.go syncNamespace */
export function* publishRootCa(view: RootCaView): Sync<SyncError | undefined> {
  const { namespace, configMap, rootCA } = view;
  const data = { "ca.crt": rootCA };
  if (configMap === undefined) return yield* create(namespace, data);
  const { annotations = {} } = configMap.metadata;
  const isDescribed = (annotations[descriptionAnnotation] ?? "") !== "";
  if (goJson(configMap.data ?? {}) === goJson(data) && isDescribed) return undefined;
  const described = { ...annotations, [descriptionAnnotation]: description };
  const { error } = yield* send({
    ...requestIn(namespace),
    verb: "update",
    name: rootCACertConfigMapName,
    object: { ...configMap, metadata: { ...configMap.metadata, annotations: described }, data },
  });
  return error;
}

function* create(namespace: string, data: object): Sync<SyncError | undefined> {
  const annotations = { [descriptionAnnotation]: description };
  const metadata = { name: rootCACertConfigMapName, namespace, annotations };
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata, data };
  const { error } = yield* send({ ...requestIn(namespace), verb: "create", object });
  if (isNotFound(error) || hasStatusCause(error, "NamespaceTerminating")) return undefined;
  return error;
}

function requestIn(namespace: string) {
  return { resource: "configmaps", namespace };
}
