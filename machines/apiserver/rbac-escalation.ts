import { goStringList, quote } from "../api/quote.ts";
import { compareText } from "../api/compare-text.ts";
import type { PolicyRule } from "../api/policy-objects.ts";
import type { RulesFound } from "./rbac.ts";
import type { UserInfo } from "./user-info.ts";

/**
 * Nobody grants what they may not do themselves; undefined where they may do all of it.
 * pkg/registry/rbac/validation/rule.go ConfirmNoEscalation
 *
 * @param held the rules that hold for the user where the role is to be
 */
export function confirmNoEscalation(
  user: UserInfo,
  held: RulesFound,
  rules: readonly PolicyRule[],
): string | undefined {
  const missing = uncovered(held.rules, rules);
  if (missing.length === 0) return undefined;
  const lines = [...new Set(compactRules(missing).map(compactString))].toSorted(compareText);
  const who = `user ${quote(user.name)} (groups=${goStringList(user.groups)})`;
  const what = `is attempting to grant RBAC permissions not currently held:\n${lines.join("\n")}`;
  const { errors } = held;
  const all = errors.length > 1 ? `[${errors.join(", ")}]` : errors.join("");
  const unresolved = errors.length === 0 ? "" : `; resolution errors: [${all}]`;
  return `${who} ${what}${unresolved}`;
}

/** Everything; who sets an aggregation rule has to hold it. */
export const fullAuthority: readonly PolicyRule[] = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
  { verbs: ["*"], nonResourceURLs: ["*"] },
];

/** component-helpers/auth/rbac/validation/policy_comparator.go Covers */
function uncovered(
  owner: readonly PolicyRule[],
  rules: readonly PolicyRule[],
): readonly PolicyRule[] {
  const parts = rules.flatMap(breakdownRule);
  return parts.filter((part) => !owner.some((rule) => ruleCovers(rule, part)));
}

/** One verb, one resource and one name each. BreakdownRule */
function breakdownRule(rule: PolicyRule): readonly PolicyRule[] {
  const { apiGroups = [], resources = [], verbs = [], resourceNames = [] } = rule;
  const { nonResourceURLs = [] } = rule;
  const each = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb): readonly PolicyRule[] => {
        const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames.length === 0) return [part];
        return resourceNames.map((name) => ({ ...part, resourceNames: [name] }));
      }),
    ),
  );
  const paths = nonResourceURLs.flatMap((url) =>
    verbs.map((verb) => ({ nonResourceURLs: [url], verbs: [verb] })),
  );
  return [...each, ...paths];
}

function ruleCovers(owner: PolicyRule, part: PolicyRule): boolean {
  const { resourceNames: names = [] } = owner;
  const wanted = part.resourceNames ?? [];
  const isNamed = names.length === 0 || (wanted.length > 0 && hasAll(names, wanted));
  return (
    isNamed &&
    hasAll(owner.verbs, part.verbs, "*") &&
    hasAll(owner.apiGroups, part.apiGroups, "*") &&
    resourcesCover(owner.resources ?? [], part.resources ?? []) &&
    (part.nonResourceURLs ?? []).every((path) => pathsCover(owner.nonResourceURLs ?? [], path))
  );
}

function hasAll(
  set: readonly string[] = [],
  wanted: readonly string[] = [],
  everything?: string,
): boolean {
  if (everything !== undefined && set.includes(everything)) return true;
  return wanted.every((one) => set.includes(one));
}

function resourcesCover(set: readonly string[], wanted: readonly string[]): boolean {
  if (hasAll(set, wanted, "*")) return true;
  return wanted.every((path) => {
    const slash = path.indexOf("/");
    return set.includes(path) || (slash >= 0 && set.includes(`*/${path.slice(slash + 1)}`));
  });
}

function pathsCover(set: readonly string[], path: string): boolean {
  return set.some((one) => {
    return one === path || (one.endsWith("*") && path.startsWith(one.replace(/\*+$/, "")));
  });
}

/** Rules that differ only in their verbs are told as one. policy_compact.go CompactRules */
function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules) {
    const { apiGroups = [], resources = [], resourceNames = [] } = rule;
    const isSimple = apiGroups.length === 1 && resources.length === 1 && resourceNames.length <= 1;
    if (!isSimple) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([apiGroups, resources, resourceNames]);
    const verbs = [...(simple.get(key)?.verbs ?? []), ...(rule.verbs ?? [])];
    simple.set(key, { ...rule, verbs });
  }
  return [...others, ...simple.values()];
}

/** pkg/apis/rbac/v1/evaluation_helpers.go CompactString */
function compactString(rule: PolicyRule): string {
  const parts: readonly (readonly [string, readonly string[] | undefined])[] = [
    ["APIGroups", rule.apiGroups],
    ["Resources", rule.resources],
    ["NonResourceURLs", rule.nonResourceURLs],
    ["ResourceNames", rule.resourceNames],
    ["Verbs", rule.verbs],
  ];
  const said = parts.filter(([, values = []]) => values.length > 0);
  return `{${said.map(([name, values = []]) => `${name}:${goStringList(values)}`).join(", ")}}`;
}
