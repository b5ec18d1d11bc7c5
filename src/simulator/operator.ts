import { createRandom } from "../random.js";
import { drawGroups } from "./groups.js";
import { monthlyHazard } from "./hazard.js";
import { firstState, type LifeState, liveMonth } from "./life.js";
import { type OperatorOptions, type OperatorPlan, operatorPlan } from "./operator-options.js";
import { drawProfile } from "./profile.js";
import { groupDepartures, type SimulatedOperator } from "./simulated-operator.js";
import { TARIFFS } from "./tariffs.js";

/** Months that are simulated before the first that counts, so that it finds subscribers with a past. */
const BURN_IN = 6;
/** Months for which a departure unsettles the rest of the group. */
const CONTAGION_MONTHS = 3;

/**
 * Simulates a telecom operator month by month with a known hazard of leaving. Each subscriber, group and month draws
 * from a stream of its own: more subscribers leave the lives of the others (outside the last group) as they were.
 * @example const operator = simulateOperator({ subscribers: 3000, months: 18, seed: 1 });
 * @throws HoldfastError with all options that are out of range.
 */
export function simulateOperator(options: OperatorOptions = {}): SimulatedOperator {
  const operator = beforeTheFirstMonth(operatorPlan(options));
  const states = operator.subscribers.map(firstState);
  for (let month = operator.firstMonth; month < operator.endMonth; month++) {
    for (let subscriber = 0; subscriber < operator.subscribers.length; subscriber++) {
      if (month < operator.subscribers[subscriber].activationMonth) continue;
      states[subscriber] = simulateMonth(operator, subscriber, month, states[subscriber]);
    }
  }
  forgetFactsAfterDeparture(operator);
  return operator;
}

function beforeTheFirstMonth(plan: OperatorPlan): SimulatedOperator {
  const firstMonth = plan.startMonth - BURN_IN;
  const monthCount = plan.months + BURN_IN;
  const endMonth = firstMonth + monthCount;
  const groups = drawGroups(plan.subscribers, plan.seed);
  const subscribers = groups.flatMap(({ kind, members }, position) =>
    members.map((member) =>
      drawProfile(member, { kind, position }, { first: firstMonth, end: endMonth }, plan.seed),
    ),
  );
  const matrix = () => new Float64Array(subscribers.length * monthCount).fill(Number.NaN);
  return {
    plan,
    firstMonth,
    endMonth,
    monthCount,
    subscribers,
    groups,
    departureMonth: new Float64Array(subscribers.length).fill(Number.NaN),
    facts: {
      minutes: matrix(),
      dataGb: matrix(),
      arpu: matrix(),
      complaints: matrix(),
      latePayments: matrix(),
      contractEnd: matrix(),
    },
    truth: { hazard: matrix(), satisfaction: matrix() },
  };
}

/** Fills the cells of one subscriber and month, and lets the subscriber leave with the probability of the hazard. */
function simulateMonth(
  operator: SimulatedOperator,
  subscriber: number,
  month: number,
  before: LifeState,
): LifeState {
  const { facts, truth, departureMonth, monthCount } = operator;
  const { seed, future } = operator.plan;
  const profile = operator.subscribers[subscriber];
  const cell = subscriber * monthCount + (month - operator.firstMonth);
  const sinceMonth = Math.max(profile.activationMonth, operator.firstMonth);
  const monthsSeen = month - sinceMonth + 1;
  const futureKeys = future !== undefined && month >= future.fromMonth ? [future.number] : [];

  const complaintsBefore = monthsSeen > 1 ? facts.complaints[cell - 1] : 0;
  const random = createRandom(seed, "month", subscriber, month, ...futureKeys);
  const { state, recorded } = liveMonth(profile, before, month, complaintsBefore, random);
  facts.minutes[cell] = recorded.minutes;
  facts.dataGb[cell] = recorded.dataGb;
  facts.arpu[cell] = recorded.arpu;
  facts.complaints[cell] = recorded.complaints;
  facts.latePayments[cell] = recorded.latePayments;
  facts.contractEnd[cell] = state.contractEnd ?? Number.NaN;
  truth.satisfaction[cell] = state.satisfaction;
  truth.hazard[cell] = monthlyHazard({
    month,
    monthOfLife: month - profile.activationMonth + 1,
    tariffEffect: TARIFFS[profile.tariff].hazardEffect,
    paymentKind: profile.paymentKind,
    groupKind: profile.groupKind,
    groupDepartures: groupDepartures(operator, subscriber, month - CONTAGION_MONTHS, month),
    monthsToContractEnd: state.contractEnd === undefined ? undefined : state.contractEnd - month,
    satisfaction: state.satisfaction,
    complaints: sumOfLast(facts.complaints, cell, Math.min(3, monthsSeen)),
    latePayments: sumOfLast(facts.latePayments, cell, Math.min(6, monthsSeen)),
    overageShare: recorded.arpu / profile.monthlyFee - 1,
  });

  if (Number.isNaN(departureMonth[subscriber]) && random.next() < truth.hazard[cell]) {
    departureMonth[subscriber] = month;
  }
  return state;
}

function sumOfLast(values: Float64Array, cell: number, count: number): number {
  let sum = 0;
  for (let i = cell - count + 1; i <= cell; i++) sum += values[i];
  return sum;
}

/** Lives run on after a departure, so that the hazard that would have been is known; records do not. */
function forgetFactsAfterDeparture({
  facts,
  departureMonth,
  firstMonth,
  monthCount,
}: SimulatedOperator): void {
  for (const matrix of Object.values(facts) as Float64Array[]) {
    for (let subscriber = 0; subscriber < departureMonth.length; subscriber++) {
      const left = departureMonth[subscriber];
      if (Number.isNaN(left)) continue;
      matrix.fill(Number.NaN, subscriber * monthCount + left - firstMonth + 1, (subscriber + 1) * monthCount);
    }
  }
}
