import type { History } from "../../history/history.js";
import type { FactsInView } from "../../history/query/facts-in-view.js";
import type { FamilyPlan } from "../../history/query/feature.js";
import type { FactTableName } from "../../history/standard-tables.js";
import { formatDate } from "../../table/dates.js";
import { type Cutoff, cutoffOf } from "../query/cutoff-of.js";
import { type FactsQuery, withFacts } from "../query/facts-query.js";
import { withSubscribersAt } from "../query/subscribers-at.js";
import {
  type CheckedMigrationOptions,
  checkMigrationOptions,
  type MigrationOptions,
} from "./migration-options.js";
import { type DiscountRule, makeMigration, useColumns } from "./migration-tables.js";
import { makeOfferedTariffs } from "./offered-tariffs.js";
import { makePriceList } from "./price-list.js";
import { measuresOfUsage } from "./priced-measures.js";

/** A subscriber for whom another tariff would cost less. Money is per month. */
export interface MigrationRow {
  readonly subscriber: string;
  readonly region: string | null;
  /** The kind of their group, such as `family`; `none` in no group. */
  readonly groupKind: string;
  readonly tariff: string;
  readonly cheapestTariff: string;
  /** What their tariff costs for the mean use of the last months, by the price list. */
  readonly cost: number;
  /** What the cheapest tariff would cost for the same use. */
  readonly cheapestCost: number;
  /** `cost` less `cheapestCost`, above 0: what the operator would give up. */
  readonly saving: number;
  /** The mean bill of the last three months; null without bills. */
  readonly revenue: number | null;
}

/** The subscribers of one tariff who would move to another. */
export interface MigrationPair {
  readonly tariff: string;
  readonly cheapestTariff: string;
  readonly subscribers: number;
  /** Of all of them together, in money per month. */
  readonly saving: number;
}

/** Who would pay less in another tariff, and what moving them would cost the operator. */
export interface MigrationList {
  /** Why there is no list: the table that the history has not. Null where there is one; without it all counts are 0. */
  readonly missing: string | null;
  /** The cutoff: facts of earlier days count. */
  readonly at: string;
  /** The use is the mean of so many months. */
  readonly months: number;
  readonly discount: DiscountRule;
  /** Active subscribers at the cutoff: the `compared` and those of whom it can't be said. */
  readonly active: number;
  /** Whose present cost is known. */
  readonly compared: number;
  readonly withoutTariff: number;
  /** Whose tariff has no price at the cutoff. */
  readonly withoutPrices: number;
  /** Whose use is not known: new ones without a whole month, or months that have not come in yet. */
  readonly withoutUse: number;
  /** Who is billed much less than the price list says, see `leastBilled`. */
  readonly billedLess: number;
  /** How many would pay less, and what they pay and would pay in all, per month. */
  readonly listed: number;
  readonly cost: number;
  readonly cheapestCost: number;
  /** What the operator would give up per month if all moved. */
  readonly saving: number;
  /**
   * `saving` / `cost`: where those who move leave this much less often, their revenue in the long run stays the same (it is what they pay a month
   * divided by the share who leave a month). Null where no subscriber is listed.
   */
  readonly breakEvenReduction: number | null;
  /** From which tariff to which, the dearest first. */
  readonly pairs: readonly MigrationPair[];
  /** Which tariffs are offered to whom: of each kind of group, by name. */
  readonly offered: readonly { readonly groupKind: string; readonly tariffs: readonly string[] }[];
  /** By falling saving, then by subscriber. */
  readonly rows: readonly MigrationRow[];
}

const NEEDED = ["prices", "usage", "tariffs"] as const satisfies readonly FactTableName[];
const CALLED = "migrationList";

/**
 * The subscribers who would pay less in another tariff for the mean use of the last months, and what the operator would give up by moving them.
 *
 * A tariff costs the fees of its products, of services only of those that the subscriber has, and for each measure of usage the price of the
 * units beyond those that are included; a measure without a price costs nothing. The subscriber pays `tariffs.monthly_fee` where it is known,
 * see `discount`. Tariffs that are offered (`offered: "sold"`): those that at least 1% of the subscribers of the same kind of group (`none`,
 * `family` …) who joined or moved within the 12 months before the cutoff chose; a tariff that is bought at certain ages only (98% of at least
 * 20 buyers of known age lie in a range that leaves out more than 5% of all buyers) is offered at those ages.
 * @param options `at`: default the first day after the last whole month; `months`: default 3; `offered`: default `"sold"`; `discount`: default
 * `"kept"`; `leastSaving`: default 0; `leastBilled`: default 0.5; `most`: default all rows.
 * @example const { listed, saving, pairs } = await migrationList(history, { at: "2025-07" })
 * @throws HoldfastError for wrong options, and a cutoff that the history does not cover.
 */
export async function migrationList(
  history: History,
  options: MigrationOptions = {},
): Promise<MigrationList> {
  const checked = checkMigrationOptions(CALLED, options);
  const cutoff = await cutoffOf(CALLED, history, checked.at);
  const part = await migrationPart(history, cutoff, checked);
  if (part.columns === undefined) return part.without;
  const observe = Math.max(part.months, Math.min(cutoff.months, 3));
  const of = { history, day: cutoff.day, observe, columns: part.columns };
  return withSubscribersAt(CALLED, of, options, part.make);
}

/** What makes the list of the table of subscribers at a cutoff. */
interface MigrationPart {
  /** The months of use that are looked at. */
  readonly months: number;
  /** What is asked of each subscriber; undefined where the history has no tables for it. */
  readonly columns: ((view: FactsInView) => FamilyPlan) | undefined;
  /** The list where it can't be made. */
  readonly without: MigrationList;
  make(query: FactsQuery): Promise<MigrationList>;
}

/** The migration list as a part of what is made of one table of subscribers. */
export async function migrationPart(
  history: History,
  { day, months: covered }: Cutoff,
  checked: CheckedMigrationOptions,
): Promise<MigrationPart> {
  const months = Math.min(checked.months, covered);
  const { priced } = await withFacts(CALLED, history, {}, measuresOfUsage);
  const without = NEEDED.filter((table) => history.schema[table] === undefined);
  const head = { at: formatDate(day), months, discount: checked.discount };
  const missing = `the history has no ${without.join(" and no ")}`;
  return {
    months,
    columns: without.length > 0 ? undefined : (view) => useColumns(view, priced, months),
    without: { ...NOTHING, ...head, missing },
    make: async (query) => {
      await makePriceList(query, day, priced);
      await makeOfferedTariffs(query, day, checked.offered);
      await makeMigration(query, priced, checked);
      return { ...head, missing: null, ...(await countsOf(query)), ...(await listOf(query, checked)) };
    },
  };
}

const NOTHING = {
  active: 0,
  compared: 0,
  withoutTariff: 0,
  withoutPrices: 0,
  withoutUse: 0,
  billedLess: 0,
  listed: 0,
  cost: 0,
  cheapestCost: 0,
  saving: 0,
  breakEvenReduction: null,
  pairs: [],
  offered: [],
  rows: [],
} as const;

type Counts = Pick<
  MigrationList,
  "active" | "compared" | "withoutTariff" | "withoutPrices" | "withoutUse" | "billedLess"
>;

async function countsOf(query: FactsQuery): Promise<Counts> {
  const [counts] = await query.rows<{ readonly [Name in keyof Counts]: number }>(`
SELECT count(*) AS active, count(o.own_cost) FILTER (WHERE NOT o.is_billed_less) AS compared,
  count(*) FILTER (WHERE o.is_billed_less) AS "billedLess",
  count(*) FILTER (WHERE u.tariff IS NULL) AS "withoutTariff",
  count(*) FILTER (WHERE u.tariff IS NOT NULL AND o.subscriber_id IS NULL) AS "withoutPrices",
  count(*) FILTER (WHERE o.subscriber_id IS NOT NULL AND o.own_cost IS NULL) AS "withoutUse"
FROM subscribers_at u LEFT JOIN own_costs o ON o.subscriber_id = u.subscriber_id`);
  return counts;
}

async function listOf(query: FactsQuery, { leastSaving, most }: CheckedMigrationOptions) {
  const saving = "own_cost - least_cost";
  const isListed = `WHERE ${saving} >= ${leastSaving} * 10000`;
  const [totals] = await query.rows<{
    readonly listed: number;
    readonly cost: number;
    readonly cheapestCost: number;
  }>(
    `SELECT count(*) AS listed, coalesce(sum(own_cost), 0) AS cost, coalesce(sum(least_cost), 0) AS "cheapestCost" FROM migration ${isListed}`,
  );
  const pairs = await query.rows<{ readonly [Name in keyof MigrationPair]: MigrationPair[Name] }>(`
SELECT tariff, cheapest_tariff AS "cheapestTariff", count(*) AS subscribers, sum(${saving})::DOUBLE / 10000 AS saving
FROM migration ${isListed} GROUP BY tariff, cheapest_tariff ORDER BY sum(${saving}) DESC, tariff, cheapest_tariff`);
  const offers = await query.rows<{ readonly groupKind: string; readonly tariff: string }>(
    `SELECT DISTINCT o.group_kind AS "groupKind", o.tariff FROM offered_tariffs o JOIN price_list p ON p.tariff = o.tariff
WHERE o.group_kind IN (SELECT group_kind FROM subscribers_at) ORDER BY ALL`,
  );
  const rows = await query.rows<{ readonly [Name in keyof MigrationRow]: MigrationRow[Name] }>(`
SELECT subscriber_id AS subscriber, region, group_kind AS "groupKind", tariff, cheapest_tariff AS "cheapestTariff",
  own_cost::DOUBLE / 10000 AS cost, least_cost::DOUBLE / 10000 AS "cheapestCost", (${saving})::DOUBLE / 10000 AS saving, revenue
FROM migration ${isListed} ORDER BY ${saving} DESC, subscriber_id ${most === undefined ? "" : `LIMIT ${most}`}`);
  const kinds = [...new Set(offers.map(({ groupKind }) => groupKind))];
  const given = totals.cost - totals.cheapestCost;
  return {
    listed: totals.listed,
    cost: totals.cost / 10_000,
    cheapestCost: totals.cheapestCost / 10_000,
    saving: given / 10_000,
    breakEvenReduction: totals.cost > 0 ? given / totals.cost : null,
    pairs,
    offered: kinds.map((groupKind) => ({
      groupKind,
      tariffs: offers.filter((each) => each.groupKind === groupKind).map(({ tariff }) => tariff),
    })),
    rows,
  };
}
