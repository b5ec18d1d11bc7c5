import { Problems } from "../errors.js";
import { type LongWork, Pulse } from "../progress.js";
import {
  type ChurnQuestions,
  checkWholeOption,
  questionProblem,
  type RowsOfSubscriber,
  rowsBySubscriber,
} from "./churn-questions.js";
import { campaignPause, makeOffer, offerEffect } from "./departure/retention-campaign.js";
import { type Dealer, drawDealers } from "./life/dealers.js";
import {
  copyGroupLife,
  type GroupLife,
  liveConditionalMonth,
  liveGroupMonth,
  newGroupLife,
} from "./life/group-life.js";
import { groupSequence, type SubscriberGroup } from "./life/group-sequence.js";
import type { Member } from "./life/member.js";
import { createNetwork, type Network } from "./life/network.js";
import { switchedOffBetween } from "./life/silence.js";
import { BURN_IN, type OperatorOptions, type OperatorPlan, operatorPlan } from "./plan.js";

/** The prediction window, and how precisely its probabilities are computed. */
export interface TrueChurnOptions extends LongWork {
  /** Months between the cutoff and the first departure that counts, 0 to 12. Default 1. */
  readonly gapMonths?: number | undefined;
  /** Months in which a departure counts as churn, 1 to 24. Default 3. */
  readonly horizonMonths?: number | undefined;
  /** How many futures are simulated per row, 1 to 10,000. Default 20. */
  readonly futures?: number | undefined;
  /**
   * `"made"`: every row gets a retention offer at its cutoff; `"withheld"`: none does from then on. The difference of the
   * two is the true effect of the offer. Default: offers as in the randomised campaign.
   */
  readonly offer?: "made" | "withheld" | undefined;
}

/** Groups between two turns of the event loop. */
const GROUPS_PER_BEAT = 50;

/**
 * The true probability that `ended_on` falls in [t + gap, t + gap + horizon), whatever the reason, given that the
 * subscriber is active at t + gap and all that the simulation knows at the cutoff *t*, hidden state included: the best
 * prediction that any model could make. One number in (0, 1) per row, in the order of the rows.
 *
 * Averages over simulated futures, and within each uses the hazards rather than the outcome (Rao and Blackwell), so
 * that twenty futures are enough. A subscriber's own departure is removed from their path, but not its effect on the rest
 * of the group; the effect of that on the subscriber is of second order.
 * @param operator the options that the operator was simulated with.
 * @throws HoldfastError with all options out of range, unknown ids, and rows whose subscriber is not active at the cutoff.
 */
export async function trueChurnProbabilities(
  operator: OperatorOptions,
  questions: ChurnQuestions,
  options: TrueChurnOptions = {},
): Promise<Float64Array> {
  const plan = operatorPlan(operator, "trueChurnProbabilities");
  const { gapMonths = 1, horizonMonths = 3, futures = 20, offer } = options;
  const problems = new Problems();
  checkWholeOption("gapMonths", gapMonths, 0, 12, problems);
  checkWholeOption("horizonMonths", horizonMonths, 1, 24, problems);
  checkWholeOption("futures", futures, 1, 10_000, problems);
  if (offer !== undefined && offer !== "made" && offer !== "withheld") {
    problems.add(questionProblem("offer", 'must be "made" or "withheld"', offer));
  }
  const rowsOf = rowsBySubscriber(plan, questions, problems);
  problems.throwIfAny();

  const pulse = new Pulse(options);
  const world: World = {
    plan,
    dealers: drawDealers(plan.seed),
    network: createNetwork(plan.seed),
    futureNetworks: Array.from({ length: futures }, (_, i) => createNetwork(plan.seed, i + 1)),
    gapMonths,
    horizonMonths,
    offer,
  };
  const probabilities = new Float64Array(questions.subscriberIds.length).fill(Number.NaN);
  let sinceBeat = 0;
  for (const group of groupSequence(plan.subscribers, plan.seed)) {
    answerGroup(world, group, rowsOf, probabilities);
    if (++sinceBeat < GROUPS_PER_BEAT) continue;
    sinceBeat = 0;
    const done = Math.min(plan.subscribers, group.firstMember + group.size);
    pulse.report({ phase: "true probabilities", done, total: plan.subscribers });
    await pulse.beat();
  }
  pulse.report({ phase: "true probabilities", done: plan.subscribers, total: plan.subscribers });
  probabilities.forEach((probability, row) => {
    if (!Number.isNaN(probability)) return;
    const expected = "must be a subscriber who is active at the cutoff";
    problems.add(questionProblem("questions.subscriberIds", expected, questions.subscriberIds[row], row + 1));
  });
  problems.throwIfAny();
  return probabilities;
}

/** All that the computation for one group needs. */
interface World {
  readonly plan: OperatorPlan;
  readonly dealers: readonly Dealer[];
  readonly network: Network;
  readonly futureNetworks: readonly Network[];
  readonly gapMonths: number;
  readonly horizonMonths: number;
  readonly offer: "made" | "withheld" | undefined;
}

interface Row {
  readonly row: number;
  readonly member: number;
}

function answerGroup(
  world: World,
  group: SubscriberGroup,
  rowsOf: RowsOfSubscriber,
  probabilities: Float64Array,
): void {
  const rowsAt = new Map<number, Row[]>();
  for (let member = 0; member < group.size; member++) {
    for (const { row, cutoff } of rowsOf.get(group.firstMember + member) ?? []) {
      rowsAt.set(cutoff, [...(rowsAt.get(cutoff) ?? []), { row, member }]);
    }
  }
  if (rowsAt.size === 0) return;
  const { plan, network } = world;
  const last = Math.max(...rowsAt.keys());
  const life = newGroupLife(group, world.dealers, plan);
  for (let month = plan.firstMonth - BURN_IN; month <= last; month++) {
    const rows = rowsAt.get(month)?.filter(({ member }) => isThereBefore(life.members[member], month));
    if (rows !== undefined && rows.length > 0) answerCutoff(world, life, month, rows, probabilities);
    liveGroupMonth(life, month, { plan, network, log: undefined });
  }
}

function isThereBefore({ profile, departureMonth }: Member, month: number): boolean {
  return profile.activationMonth < month && departureMonth === undefined;
}

function answerCutoff(
  { plan, futureNetworks, gapMonths, horizonMonths, offer }: World,
  life: GroupLife,
  cutoff: number,
  rows: readonly Row[],
  probabilities: Float64Array,
): void {
  const staying = new Float64Array(life.members.length);
  const leaving = new Float64Array(life.members.length);
  const windowStart = cutoff + gapMonths;
  const windowEnd = windowStart + horizonMonths;
  futureNetworks.forEach((network, i) => {
    const future = copyGroupLife(life, plan.seed, i + 1, cutoff);
    for (const member of future.members) arrangeOffer(member, cutoff, offer);
    /** The probability of being active and, unless silent at the cutoff, in use; and that of being silent. */
    const using = new Float64Array(life.members.length).fill(1);
    const silent = new Float64Array(life.members.length);
    for (let month = cutoff; month < windowEnd; month++) {
      if (month === windowStart) addTo(staying, using, silent);
      liveConditionalMonth(future, month, { plan, network, log: undefined });
      const endsInWindow = switchedOffBetween(Math.max(1, windowStart - month), windowEnd - month);
      const endsBefore = switchedOffBetween(1, windowStart - month);
      future.members.forEach(({ hazard, silenceRisk }, m) => {
        if (month >= windowStart) leaving[m] += using[m] * hazard;
        leaving[m] += using[m] * silenceRisk * endsInWindow;
        silent[m] += using[m] * silenceRisk * (1 - endsBefore);
        using[m] *= 1 - hazard - silenceRisk;
      });
    }
  });
  for (const { row, member } of rows) probabilities[row] = leaving[member] / staying[member];
}

function addTo(sums: Float64Array, using: Float64Array, silent: Float64Array): void {
  for (let m = 0; m < sums.length; m++) sums[m] += using[m] + silent[m];
}

function arrangeOffer(member: Member, cutoff: number, offer: World["offer"]): void {
  if (offer === undefined) return;
  campaignPause(member, cutoff);
  if (offer === "made") makeOffer(member, cutoff, offerEffect(member, cutoff));
}
