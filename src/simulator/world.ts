import { createStaff, type Staff } from "./accounts/staff.js";
import { createNetwork, type Network } from "./life/network.js";
import { type Competition, createCompetition } from "./market/competition.js";
import { type Dealer, drawDealers } from "./market/dealers.js";
import type { OperatorPlan } from "./plan.js";

/** What all subscribers of an operator have in common. */
export interface World {
  readonly plan: OperatorPlan;
  readonly dealers: readonly Dealer[];
  readonly competition: Competition;
  readonly network: Network;
  readonly staff: Staff;
}

export function createWorld(plan: OperatorPlan): World {
  return {
    plan,
    dealers: drawDealers(plan),
    competition: createCompetition(plan.seed, plan.shocks),
    network: createNetwork(plan.seed),
    staff: createStaff(plan.seed),
  };
}

/** The world in a simulated future, with other outages and other changes of staff. */
export function futureWorld(world: World, future: number): World {
  const { seed } = world.plan;
  return { ...world, network: createNetwork(seed, future), staff: createStaff(seed, future) };
}
