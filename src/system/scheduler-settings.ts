import type { Pod } from "../../machines/api/pod.ts";
import type { KubeSchedulerConfiguration } from "../../machines/api/scheduler-configuration.ts";
import { assert } from "../../machines/assert.ts";
import { profilesOf } from "../../machines/scheduler/configuration/profiles.ts";
import type { Profile } from "../../machines/scheduler/framework/profile.ts";
import { defaultProfile } from "../../machines/scheduler/plugins.ts";
import { type BackOffSettings, defaultBackOff } from "../../machines/scheduler/queue/back-off.ts";

/** How the kube-scheduler of a cluster was started; the same for the whole of its life. */
export interface SchedulerSettings {
  /** Absent: without any. */
  readonly configuration?: KubeSchedulerConfiguration;
  /** By `schedulerName`. */
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly percentageOfNodesToScore: number;
  readonly backOff: BackOffSettings;
}

export const defaultSchedulerSettings: SchedulerSettings = {
  profiles: new Map([[defaultProfile.schedulerName, defaultProfile]]),
  percentageOfNodesToScore: 0,
  backOff: defaultBackOff,
};

/** Of a configuration that was validated. */
export function schedulerSettingsOf(
  configuration: KubeSchedulerConfiguration | undefined,
): SchedulerSettings {
  if (configuration === undefined) return defaultSchedulerSettings;
  const { percentageOfNodesToScore = 0 } = configuration;
  const { podInitialBackoffSeconds = 1, podMaxBackoffSeconds = 10 } = configuration;
  return {
    configuration,
    profiles: profilesOf(configuration),
    percentageOfNodesToScore,
    backOff: { podInitialBackoffSeconds, podMaxBackoffSeconds },
  };
}

/** The scheduler that a pod asks for; undefined when there is none of that name. */
export function findProfile({ profiles }: SchedulerSettings, { spec }: Pod): Profile | undefined {
  return profiles.get(spec.schedulerName ?? defaultProfile.schedulerName);
}

export function profileOf(settings: SchedulerSettings, pod: Pod): Profile {
  const profile = findProfile(settings, pod);
  assert(profile !== undefined, "a pod is tried by the scheduler that it asks for");
  return profile;
}
