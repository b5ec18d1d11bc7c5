import { type LongWork, Pulse } from "../../progress.js";
import { ArgumentCheck } from "../argument-check.js";
import { CAUSES, type Cause } from "../departure/causes.js";
import { groupSequence } from "../life/group-sequence.js";
import { OFFER_NAMES, type OfferName } from "../market/offers.js";
import { type OperatorOptions, type OperatorPlan, operatorPlan } from "../plan.js";
import { createWorld, futureWorld } from "../world.js";
import { type ChurnQuestions, rowsBySubscriber } from "./churn-questions.js";
import { type Arm, FutureEngine, Tally } from "./future-engine.js";

/** How far {@link TrueFutures} look, and how precisely they are computed. */
export interface TrueFuturesOptions extends LongWork {
  /** Months from the cutoff on, 1 to 24. Default 3. */
  readonly months?: number | undefined;
  /** How many futures are simulated per row, 2 to 10,000. Default 100. */
  readonly futures?: number | undefined;
  /**
   * What is done at the cutoff, one future each: `"none"` no offer from then on, the name of an offer that reaches the
   * subscriber on this day and no other later, `"campaign"` the randomised campaign as it goes. Default `["none"]`.
   */
  readonly offers?: readonly ("none" | "campaign" | OfferName)[] | undefined;
}

/** The true future of rows, by what was done at the cutoff. All arrays have one number per row, in their order. */
export interface TrueFuture {
  /** `survival[k - 1]`: the probability that service has not ended within *k* months of the cutoff. */
  readonly survival: readonly Float64Array[];
  /** The Monte Carlo standard error of each probability of survival. */
  readonly standardError: readonly Float64Array[];
  /** `byCause[cause][k - 1]`: the probability that service ends within *k* months for this cause. They sum to 1 − survival. */
  readonly byCause: Readonly<Record<Cause, readonly Float64Array[]>>;
}

/** The true future of rows for each of the asked offers. */
export type TrueFutures = Readonly<Partial<Record<"none" | "campaign" | OfferName, TrueFuture>>>;

const ARMS: readonly Arm[] = ["none", "campaign", ...OFFER_NAMES];
/** Groups between two turns of the event loop. */
const GROUPS_PER_BEAT = 20;

/**
 * The true future of rows at any day, given all that the simulation knows then, hidden state included. What of the month
 * of the cutoff is not an event before it (use, the bill and its payment, changes of tariff) is drawn again.
 * @throws HoldfastError with all options out of range, unknown ids, and rows whose subscriber is not active at the cutoff.
 */
export async function trueFutures(
  operator: OperatorOptions,
  questions: ChurnQuestions,
  options: TrueFuturesOptions = {},
): Promise<TrueFutures> {
  const { months = 3, futures = 100, offers = ["none"] } = options;
  const check = new ArgumentCheck("trueFutures");
  check.whole("months", months, 1, 24);
  check.whole("futures", futures, 2, 10_000);
  check.names("offers", offers, ARMS);
  const plan = operatorPlan(operator, "trueFutures");
  const asked = { ...options, months, futures, arms: offers, hasCauses: true };
  const tallies = await tallyFutures(plan, questions, asked, check);
  return Object.fromEntries([...tallies].map(([arm, tally]) => [arm, futureOf(tally, futures)]));
}

/** What {@link tallyFutures} is asked for, checked. */
export interface FuturesPlan extends LongWork {
  readonly months: number;
  readonly futures: number;
  readonly arms: readonly Arm[];
  readonly hasCauses: boolean;
}

/**
 * Simulates the futures of rows, by arm.
 * @param check of the options; its problems are thrown together with those of the rows.
 */
export async function tallyFutures(
  plan: OperatorPlan,
  questions: ChurnQuestions,
  { months, futures, arms, hasCauses, ...work }: FuturesPlan,
  check: ArgumentCheck,
): Promise<ReadonlyMap<Arm, Tally>> {
  const rowsOf = rowsBySubscriber(plan, questions, check);
  check.throwIfAny();
  const pulse = new Pulse(work);
  const world = createWorld(plan);
  const worlds = Array.from({ length: futures }, (_, i) => futureWorld(world, i + 1));
  const rowCount = questions.subscriberIds.length;
  const tallies = new Map(arms.map((arm) => [arm, new Tally(rowCount, months, hasCauses)]));
  const isAnswered = new Uint8Array(rowCount);
  const engine = new FutureEngine(world, worlds, tallies, isAnswered);
  let sinceBeat = 0;
  for (const group of groupSequence(plan.subscribers, plan.seed)) {
    engine.answer(group, rowsOf);
    if (++sinceBeat < GROUPS_PER_BEAT) continue;
    sinceBeat = 0;
    const done = Math.min(plan.subscribers, group.firstMember + group.size);
    pulse.report({ phase: "true futures", done, total: plan.subscribers });
    await pulse.beat();
  }
  pulse.report({ phase: "true futures", done: plan.subscribers, total: plan.subscribers });
  isAnswered.forEach((answered, row) => {
    if (answered === 1) return;
    const expected = "must be a subscriber who is active at the cutoff";
    check.add("questions.subscriberIds", expected, questions.subscriberIds[row], { row: row + 1 });
  });
  check.throwIfAny();
  return tallies;
}

function futureOf({ ended, squares, byCause, months }: Tally, futures: number): TrueFuture {
  const rowCount = ended.length / months;
  const perMonth = (value: (place: number) => number) =>
    Array.from({ length: months }, (_, k) =>
      Float64Array.from({ length: rowCount }, (_, row) => value(row * months + k)),
    );
  const causes = CAUSES.map((cause, c) => {
    const cumulated = perMonth((place) => (byCause?.[place * CAUSES.length + c] ?? 0) / futures);
    for (let k = 1; k < months; k++)
      for (let row = 0; row < rowCount; row++) cumulated[k][row] += cumulated[k - 1][row];
    return [cause, cumulated] as const;
  });
  return {
    survival: perMonth((place) => 1 - ended[place] / futures),
    standardError: perMonth((place) => {
      const mean = 1 - ended[place] / futures;
      const variance = Math.max(0, squares[place] / futures - mean * mean) / (futures - 1);
      return Math.sqrt(variance);
    }),
    byCause: Object.fromEntries(causes) as Record<Cause, Float64Array[]>,
  };
}
