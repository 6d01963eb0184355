import type { Service } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid } from "./field-error.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import {
  validateChangedClusterIPs,
  validateChangedFamilies,
} from "./validation-service-addresses.ts";
import {
  needsHealthCheck,
  validateLoadBalancerClass,
  validateService,
} from "./validation-services.ts";

type AnyService = Unchecked<Service>;

/** pkg/apis/core/validation/validation.go ValidateServiceUpdate. */
export function validateServiceUpdate(service: AnyService, old: AnyService): FieldError[] {
  const [spec, before] = [service.spec ?? {}, old.spec ?? {}];
  const areBalanced = spec.type === "LoadBalancer" && before.type === "LoadBalancer";
  const isOtherClass = areBalanced && spec.loadBalancerClass !== before.loadBalancerClass;
  const checks = needsHealthCheck(spec) && needsHealthCheck(before);
  const isOtherPort = (spec.healthCheckNodePort ?? 0) !== (before.healthCheckNodePort ?? 0);
  const shown = spec.loadBalancerClass ?? null;
  return [
    ...metadataUpdateErrors(service, old),
    ...validateChangedClusterIPs(service, old),
    ...validateChangedFamilies(service, old),
    ...(isOtherClass ? [invalid("spec.loadBalancerClass", shown, "may not change once set")] : []),
    ...validateLoadBalancerClass(spec),
    ...(checks && isOtherPort ? [forbidden("spec.healthCheckNodePort", "field is immutable")] : []),
    ...validateService(service, old),
  ];
}
