import type { SecurityProfile } from "../api/security-context.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  invalid,
  notSupported,
  required,
  tooLong,
  validateChoice,
} from "./field-error.ts";
import { validateLocalDescendingPath } from "./validation-paths.ts";

/** pkg/apis/core/validation/validation.go validateSeccompProfileField. */
export function validateSeccompProfile(
  profile: Unchecked<SecurityProfile> | undefined,
  path: string,
): FieldError[] {
  if (profile === undefined) return [];
  const { type = "", localhostProfile } = profile;
  const at = `${path}.localhostProfile`;
  const isLocalhost = type === "Localhost";
  const isTooMuch = !isLocalhost && localhostProfile !== undefined;
  return [
    ...(type === ""
      ? [required(`${path}.type`, "type is required when seccompProfile is set")]
      : validateChoice(type, profileTypes, `${path}.type`)),
    ...(isLocalhost && localhostProfile === undefined
      ? [required(at, "must be set when seccomp type is Localhost")]
      : []),
    ...(isLocalhost && localhostProfile !== undefined
      ? validateLocalDescendingPath(localhostProfile, at)
      : []),
    ...(isTooMuch
      ? [invalid(at, profileForm(profile), "can only be set when seccomp type is Localhost")]
      : []),
  ];
}

const profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"] as const;

/** ValidateAppArmorProfileField. */
export function validateAppArmorProfile(
  profile: Unchecked<SecurityProfile> | undefined,
  path: string,
): FieldError[] {
  if (profile === undefined) return [];
  const { type = "", localhostProfile } = profile;
  const at = `${path}.localhostProfile`;
  const mustBeSet = required(at, "must be set when AppArmor type is Localhost");
  if (type === "")
    return [required(`${path}.type`, "type is required when appArmorProfile is set")];
  if (type !== "Localhost") {
    const isKnown = profileTypes.some((one) => one === type);
    if (!isKnown) return [notSupported(`${path}.type`, type, profileTypes)];
    const detail = "can only be set when AppArmor type is Localhost";
    return localhostProfile === undefined ? [] : [invalid(at, localhostProfile, detail)];
  }
  if (localhostProfile === undefined) return [mustBeSet];
  const isPadded = localhostProfile.trim() !== localhostProfile;
  return [
    ...(isPadded ? [invalid(at, localhostProfile, "must not be padded with whitespace")] : []),
    ...(localhostProfile === "" ? [mustBeSet] : []),
    ...(localhostProfile.length > maxProfileLength ? [tooLong(at, maxProfileLength)] : []),
  ];
}

/** PATH_MAX - 1 */
const maxProfileLength = 4095;

/** As the server's own type is written. */
export function profileForm(profile: Unchecked<SecurityProfile> | undefined): object | null {
  if (profile === undefined) return null;
  return { Type: profile.type ?? "", LocalhostProfile: profile.localhostProfile ?? null };
}
