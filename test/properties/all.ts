import { conditionProperties } from "./conditions.ts";
import { containerProperties } from "./containers.ts";
import { deletionProperties } from "./deletion.ts";
import { eventProperties } from "./events.ts";
import { evictionProperties } from "./evictions.ts";
import { identityProperties } from "./identity.ts";
import { phaseProperties } from "./phase.ts";
import type { Property } from "./property.ts";
import { restartProperties } from "./restarts.ts";
import { statusUpdateProperties } from "./status-updates.ts";
import { workloadProperties } from "./workloads.ts";
import { writeProperties } from "./writes.ts";

/** Everything that holds in every life. */
export const properties: readonly Property[] = [
  ...phaseProperties,
  ...containerProperties,
  ...restartProperties,
  ...conditionProperties,
  ...identityProperties,
  ...deletionProperties,
  ...eventProperties,
  ...statusUpdateProperties,
  ...workloadProperties,
  ...evictionProperties,
  ...writeProperties,
];
