import { type FieldError, invalid } from "./field-error.ts";

/** pod-security-admission/api Level, from the most to the least that a pod may. */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** A level as it is understood in a minor, or in the latest. */
export interface LevelVersion {
  readonly level: PodSecurityLevel;
  /** The minor of Kubernetes 1. */
  readonly minor: number | "latest";
}

/** What a namespace asks of its pods: what is refused, what is logged, what is warned of. */
export interface PodSecurityPolicy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

type Labels = Readonly<Record<string, string>>;

/**
 * The policy that a namespace's labels say, and which of them say nothing that is known.
 * pod-security-admission/api/helpers.go PolicyToEvaluate
 */
export function policyToEvaluate(labels: Labels = {}): {
  readonly policy: PodSecurityPolicy;
  readonly errors: readonly FieldError[];
} {
  const enforce = modeOf(labels, "enforce", "restricted");
  const audit = modeOf(labels, "audit", "privileged");
  const warn = modeOf(labels, "warn", "privileged");
  const isStricter = compareLevels(enforce.set.level, warn.set.level) > 0;
  const follows = !warn.hasLevel && enforce.hasLevel && enforce.isKnown && isStricter;
  const minor = warn.hasVersion ? warn.set.minor : enforce.set.minor;
  const errors = [...enforce.errors, ...audit.errors, ...warn.errors];
  const warned = follows ? { level: enforce.set.level, minor } : warn.set;
  return { policy: { enforce: enforce.set, audit: audit.set, warn: warned }, errors };
}

const prefix = "pod-security.kubernetes.io/";

/** A level that is not known counts as `wrong`. */
function modeOf(labels: Labels, mode: keyof PodSecurityPolicy, wrong: PodSecurityLevel) {
  const [level, version] = [labels[`${prefix}${mode}`], labels[`${prefix}${mode}-version`]];
  const known = level === undefined ? "privileged" : levels.find((one) => one === level);
  const minor = version === undefined ? "latest" : parseVersion(version);
  const errors = [
    ...(known === undefined
      ? [wrongLabel(mode, level, `must be one of ${levels.join(", ")}`)]
      : []),
    ...(minor === undefined
      ? [wrongLabel(`${mode}-version`, version, 'must be "latest" or "v1.x"')]
      : []),
  ];
  const set: LevelVersion = { level: known ?? wrong, minor: minor ?? "latest" };
  const has = { hasLevel: level !== undefined, hasVersion: version !== undefined };
  return { set, errors, isKnown: known !== undefined, ...has };
}

function wrongLabel(label: string, value: string | undefined, detail: string): FieldError {
  return invalid(`metadata.labels[${prefix}${label}]`, value, detail);
}

const levels = ["privileged", "baseline", "restricted"] as const;

/** pod-security-admission/api/helpers.go ParseVersion */
function parseVersion(version: string): number | "latest" | undefined {
  if (version === "latest") return version;
  const [, minor] = /^v1\.(\d|[1-9]\d*)$/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

/** More than 0 where the first is the stricter one. */
export function compareLevels(a: PodSecurityLevel, b: PodSecurityLevel): number {
  return levels.indexOf(a) - levels.indexOf(b);
}

export function isSameLevel(a: LevelVersion, b: LevelVersion): boolean {
  return a.level === b.level && a.minor === b.minor;
}

/** `restricted:latest`, `baseline:v1.28` */
export function levelVersionText({ level, minor }: LevelVersion): string {
  return `${level}:${minor === "latest" ? minor : `v1.${minor}`}`;
}
