import type { KubeObject, ResourceList } from "./meta.ts";
import type { Toleration } from "./pod.ts";

export interface ConfigMap extends KubeObject {
  readonly kind: "ConfigMap";
  readonly immutable?: boolean;
  readonly data?: Readonly<Record<string, string>>;
  /** In base64. */
  readonly binaryData?: Readonly<Record<string, string>>;
}

export interface Secret extends KubeObject {
  readonly kind: "Secret";
  readonly type?: string;
  readonly immutable?: boolean;
  /** In base64. */
  readonly data?: Readonly<Record<string, string>>;
  /** Written only: the API server moves it to `data`. */
  readonly stringData?: Readonly<Record<string, string>>;
}

export interface RuntimeClass extends KubeObject {
  readonly kind: "RuntimeClass";
  /** The OCI handler that the node's runtime knows. */
  readonly handler: string;
  /** What the runtime itself takes, on top of the containers. */
  readonly overhead?: { readonly podFixed?: ResourceList };
  readonly scheduling?: {
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly tolerations?: readonly Toleration[];
  };
}

export interface PriorityClass extends KubeObject {
  readonly kind: "PriorityClass";
  readonly value: number;
  readonly globalDefault?: boolean;
  readonly description?: string;
  readonly preemptionPolicy?: "PreemptLowerPriority" | "Never";
}
