import type { SubscriberGroup } from "./groups.js";
import type { OperatorPlan } from "./operator-options.js";
import type { SubscriberProfile } from "./profile.js";

/**
 * A simulated operator. Months are counted from January 1970 = 0. A matrix has one row per subscriber and one column
 * per month: its cell stands at `subscriber * monthCount + (month - firstMonth)`.
 */
export interface SimulatedOperator {
  readonly plan: OperatorPlan;
  /** First simulated month, six before the plan's start. */
  readonly firstMonth: number;
  /** First month that is not simulated any more. */
  readonly endMonth: number;
  readonly monthCount: number;
  readonly subscribers: readonly SubscriberProfile[];
  readonly groups: readonly SubscriberGroup[];
  /** The month on whose last day each subscriber left; NaN for those still there at the end. */
  readonly departureMonth: Float64Array;
  readonly facts: MonthlyFacts;
  readonly truth: MonthlyTruth;
}

/** What the operator's systems recorded: matrices, NaN in months without service. */
export interface MonthlyFacts {
  readonly minutes: Float64Array;
  readonly dataGb: Float64Array;
  /** The bill of the month, in the operator's currency. */
  readonly arpu: Float64Array;
  readonly complaints: Float64Array;
  /** 1 where the bill was paid late, else 0. */
  readonly latePayments: Float64Array;
  /** The month before whose first day the contract ends or ended, as known at the end of the month; NaN without. */
  readonly contractEnd: Float64Array;
}

/** What nobody could record: matrices, NaN before activation; after a departure, what would have been. */
export interface MonthlyTruth {
  /** Probability of leaving in the month, given that one is still there. */
  readonly hazard: Float64Array;
  /** 0 is content, −2 is fed up. */
  readonly satisfaction: Float64Array;
}

/** How many other members of the subscriber's group left in the months [from, to). */
export function groupDepartures(
  operator: SimulatedOperator,
  subscriber: number,
  from: number,
  to: number,
): number {
  let count = 0;
  for (const member of operator.groups[operator.subscribers[subscriber].group].members) {
    const left = operator.departureMonth[member];
    if (member !== subscriber && left >= from && left < to) count++;
  }
  return count;
}
