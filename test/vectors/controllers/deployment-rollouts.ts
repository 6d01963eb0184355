import { RolloutEnvironment, type RolloutInput } from "../../support/rollout-environment.ts";

export function run(input: RolloutInput): unknown {
  return new RolloutEnvironment(input).run();
}
