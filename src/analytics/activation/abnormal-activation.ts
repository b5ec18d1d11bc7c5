import type { History } from "../../history/history.js";
import { monthText } from "../../table/calendar.js";
import { coveredMonths, periodOf } from "../period.js";
import { type FactsQuery, withFacts } from "../query/facts-query.js";
import { type Followed, makeActivatedCards } from "./activated-cards.js";
import {
  type AbnormalActivationOptions,
  checkActivationOptions,
  LITTLE_USE,
  USUAL_FALSE_DISCOVERY_RATE,
} from "./activation-options.js";
import type { AbnormalActivation, DealerActivations, TariffActivations } from "./activation-result.js";
import { makeMarkedCards } from "./card-marks.js";
import { type MonthlyMeasures, monthlyMeasures } from "./measures.js";
import { MISSING, type MissingActivations } from "./missing-activations.js";
import { type ActivationTests, testActivations } from "./test-activations.js";
import { makeUsualUse } from "./usual-use.js";

const NAME = "abnormalActivation";
const PHASE = "activations";
const USUAL_MONTHS = 24;
/** A card is assessed when so many months after that of its activation are known. */
const FOLLOWED_MONTHS = 3;
/** Honest dealers and tariffs differ in their expected counts by a third and a half, at least (coefficients of variation). */
const LEAST_SPREAD = { dealer: 0.1, tariff: 0.25 } as const;

/**
 * Finds dealers and tariffs that activate cards that are not used: for the bonus, and not for customers.
 *
 * Each card that was activated in the period and followed for three months or more has two marks. It is **unused** where in none
 * of its first four months more of it was used than `littleUse` of what is usual in its tariff, kind of payment and month. It is
 * **silent** where it is unused and ended in its first year, or had no use in the last two months that are known. Customers who
 * were sold the wrong tariff use it first, then complain and leave: that is no mark.
 *
 * Each dealer's marks are counted against what is expected of peers: cards of the same tariff, kind of payment, month of activation
 * and region, of other dealers that do not stand out (indirect standardisation). The p-value is the upper tail of the negative
 * binomial distribution, whose spread is that between dealers; the larger of the p-values of both marks counts. A dealer is named
 * where its q-value (Benjamini and Hochberg 1995) is at most `falseDiscoveryRate`, and both marks are on five cards or more,
 * twice what is expected, and beyond that 3% of its activations.
 *
 * Tariffs are tested in the same way, without the cards of named dealers, against other tariffs.
 * @param history with `subscribers`, whose `dealer_id` is needed to test dealers, and `usage`, `billing` or `payments`; `tariffs`,
 * `region` and `payment_kind` make closer peers.
 * @param options `from` and `to`: months of activation (default: the last 24); `falseDiscoveryRate` (default 0.1);
 * `littleUse` (default 0.6); `onProgress`, `signal`.
 * @returns all that was tested, and evidence of those that are named; where something can't be tested, `missing` says why.
 * @example
 * const { dealers } = await abnormalActivation(history);
 * for (const { dealer, silent, q } of dealers.filter(({ isNamed }) => isNamed)) console.log(dealer, silent.cards, q);
 * @throws HoldfastError for options that are unknown or out of range, and a history that is closed.
 */
export async function abnormalActivation(
  history: History,
  options: AbnormalActivationOptions = {},
): Promise<AbnormalActivation> {
  checkActivationOptions(NAME, options);
  const { falseDiscoveryRate = USUAL_FALSE_DISCOVERY_RATE, littleUse = LITTLE_USE } = options;
  return withFacts(NAME, history, options, async (query) => {
    const measures = monthlyMeasures(query);
    const nothing = (reason: MissingActivations): AbnormalActivation => ({
      from: null,
      to: null,
      followedTo: null,
      activations: 0,
      measures: measures?.names ?? [],
      littleUse,
      falseDiscoveryRate,
      dealers: [],
      tariffs: [],
      tooFew: { dealers: 0, tariffs: 0 },
      missing: { dealers: reason, tariffs: reason },
    });
    const followed = await followedMonths(query, measures, options);
    if (measures === undefined) return nothing(MISSING.measures);
    if (followed === undefined) return nothing(MISSING.activations);
    await makeActivatedCards(query, followed, PHASE);
    await makeUsualUse(query, measures, PHASE);
    await makeMarkedCards(query, measures, { littleUse, followedTo: followed.followedTo }, PHASE);
    const [{ activations }] = await query.rows<{ activations: number }>(
      "SELECT count(*) AS activations FROM marked_card",
    );
    if (activations === 0) return nothing(MISSING.activations);
    const rules = { falseDiscoveryRate, followedTo: followed.followedTo };
    const dealers = await testActivations(
      query,
      { unit: "dealer", without: [], leastSpread: LEAST_SPREAD.dealer, ...rules },
      PHASE,
    );
    const without = dealers.tested.filter(({ isNamed }) => isNamed).map(({ unit }) => unit);
    const tariffs = await testActivations(
      query,
      { unit: "tariff", without, leastSpread: LEAST_SPREAD.tariff, ...rules },
      PHASE,
    );
    return {
      from: monthText(followed.firstMonth),
      to: monthText(followed.lastMonth),
      followedTo: monthText(followed.followedTo),
      activations,
      measures: measures.names,
      littleUse,
      falseDiscoveryRate,
      dealers: dealers.tested.map(({ unit, ...tests }): DealerActivations => ({ dealer: unit, ...tests })),
      tariffs: tariffs.tested.map(({ unit, ...tests }): TariffActivations => ({ tariff: unit, ...tests })),
      tooFew: { dealers: dealers.tooFew, tariffs: tariffs.tooFew },
      missing: {
        dealers: query.has("subscribers", "dealer_id")
          ? tooFewUnits(dealers, MISSING.dealers)
          : MISSING.dealerColumn,
        tariffs: query.has("tariffs") ? tooFewUnits(tariffs, MISSING.tariffs) : MISSING.tariffTable,
      },
    };
  });
}

function tooFewUnits({ tested }: ActivationTests, reason: MissingActivations): MissingActivations | null {
  return tested.length === 0 ? reason : null;
}

/** The months of activations that can be assessed; undefined where there are none. */
async function followedMonths(
  query: FactsQuery,
  measures: MonthlyMeasures | undefined,
  options: AbnormalActivationOptions,
): Promise<Followed | undefined> {
  const covered = await coveredMonths(query.history);
  if (covered.last < covered.first) return undefined;
  const period = await periodOf(NAME, query.history, { from: options.from, to: options.to });
  const from =
    options.from === undefined
      ? Math.max(covered.first, period.lastMonth - USUAL_MONTHS + 1)
      : period.firstMonth;
  if (measures === undefined) return undefined;
  // Facts of use can begin later, and end earlier, than others.
  const [known] = await query.rows<{ first: number | null; last: number | null }>(
    `SELECT min(month) AS first, max(month) AS last FROM (${measures.rows(`month BETWEEN ${covered.first} AND ${covered.last}`)})`,
  );
  if (known.first === null || known.last === null) return undefined;
  const firstMonth = Math.max(from, known.first);
  const lastMonth = Math.min(period.lastMonth, known.last - FOLLOWED_MONTHS);
  return lastMonth < firstMonth ? undefined : { firstMonth, lastMonth, followedTo: known.last };
}
