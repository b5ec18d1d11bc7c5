import { checkOptions, type OptionNames } from "../../arguments.js";
import { checkDefinition } from "../../history/churn/check-definition.js";
import type { ChurnDefinition } from "../../history/churn/churn-definition.js";
import { disconnected } from "../../history/churn/disconnected.js";
import type { History } from "../../history/history.js";
import type { LongWork } from "../../progress.js";
import { monthText } from "../../table/calendar.js";
import { countChurn } from "../counting/counted-churn.js";
import { entriesFor } from "../cuts/chosen-cuts.js";
import { type Frame, makeFrame } from "../cuts/frame.js";
import { monthsOfTables } from "../cuts/months-of-tables.js";
import { type Period, type PeriodOptions, periodOf } from "../period.js";
import { type FactsQuery, withFacts } from "../query/facts-query.js";
import { type TariffSums, tariffCounts } from "./tariff-counts.js";
import { type TariffRate, tariffRates } from "./tariff-rates.js";

/** Options of `tariffAnalysis`. */
export interface TariffOptions extends PeriodOptions, LongWork {
  /** What counts as churn. Default `disconnected()`: the end of the subscription. */
  readonly churn?: ChurnDefinition | undefined;
}

const OPTIONS: OptionNames<TariffOptions> = {
  from: "optional",
  to: "optional",
  churn: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** The mean bill of a tariff against that of all subscribers: below 0.8 times, above 1.25 times, or between. */
export type BillLevel = "low" | "usual" | "high";

/** Why a tariff stands out: its churn is high although, or while, its bill is low or high, or without either. */
export type TariffFinding =
  | "high churn, low bill"
  | "high churn, high bill"
  | "high churn, usual bill"
  | "high churn, bill not known";

/** A tariff in a period. */
export interface TariffFigures extends Omit<TariffRate, "left"> {
  /** Of the base, those who left within the period: `rate` is their share. */
  readonly leftOfBase: number;
  /** All who left within the period, also those who joined after its first day. */
  readonly left: number;
  /** `left` per month of the period. */
  readonly leftPerMonth: number;
  /** The mean bill of the base in the three months before the period (ARPU), in money per month; null where there is none. */
  readonly arpu: number | null;
  /** `arpu` in multiples of that of the base of all tariffs. */
  readonly arpuRatio: number | null;
  readonly bill: BillLevel | null;
  readonly finding: TariffFinding | null;
}

/** Tariffs of a period: those with high churn, and their bills. */
export interface TariffAnalysis {
  /** Why the tariffs can't be compared: the table that the history has not. Null where they can. */
  readonly missing: string | null;
  /** Why there are no bills. Null where there are. */
  readonly missingBills: string | null;
  /** The first and the last month, both included. */
  readonly from: string;
  readonly to: string;
  readonly months: number;
  /** By falling churn rate, then by name. `tariff` null: subscribers without a tariff. */
  readonly tariffs: readonly TariffFigures[];
  readonly all: {
    readonly base: number;
    readonly left: number;
    readonly leftOfBase: number;
    readonly leftPerMonth: number;
    readonly rate: TariffRate["rate"];
    readonly arpu: number | null;
  };
}

const CALLED = "tariffAnalysis";
const FINDINGS: Readonly<Record<BillLevel | "unknown", TariffFinding>> = {
  low: "high churn, low bill",
  usual: "high churn, usual bill",
  high: "high churn, high bill",
  unknown: "high churn, bill not known",
};
const LOW_BILL = 0.8;
/** The reciprocal: as far above as below. */
const HIGH_BILL = 1.25;

/**
 * The churn of each tariff in a period and its mean bill: the tariffs with high churn although the bill is low, or high.
 *
 * The base are the subscribers who were active before the first day of the period and on it, by their tariff on the day before it; those who
 * joined later and left count in `left` by their tariff on the day before they left, not in the rate. High and low churn as in `tariffRates`.
 * @param options `from` and `to`: months such as `2025-01`; default the last twelve whole months.
 * @example (await tariffAnalysis(history, { from: "2025-10", to: "2025-12" })).tariffs[0].finding // "high churn, low bill"
 * @throws HoldfastError for months that the history does not cover.
 */
export async function tariffAnalysis(history: History, options: TariffOptions = {}): Promise<TariffAnalysis> {
  checkOptions(CALLED, options, OPTIONS);
  const { churn = disconnected() } = options;
  checkDefinition(CALLED, "churn", churn);
  return withFacts(CALLED, history, options, async (query) => {
    const period = await periodOf(CALLED, history, options, churn);
    const counted = await countChurn(CALLED, query, churn, period);
    const entries = query.has("tariffs") ? entriesFor([], ["tariff"]) : [];
    const monthsOf = await monthsOfTables(query);
    const isCorrected = query.has("tariffs", "known_at");
    const settings = { tenureBands: undefined, arpuBands: [], measure: undefined, isCorrected, monthsOf };
    const { firstMonth, lastMonth } = period;
    const of = { name: "tariff_frame", firstMonth, lastMonth, entries, settings };
    const frame = await makeFrame(query, counted, of);
    return tariffsOf(query, frame, period);
  });
}

/** The tariffs of a frame with the entry `tariff`. */
export async function tariffsOf(
  query: FactsQuery,
  frame: Frame,
  { firstMonth, lastMonth }: Period,
): Promise<TariffAnalysis> {
  const months = lastMonth - firstMonth + 1;
  const sums = await tariffCounts(query, frame);
  return {
    missing: query.has("tariffs") ? null : "the history has no tariffs",
    missingBills: query.has("billing") ? null : "the history has no billing",
    from: monthText(firstMonth),
    to: monthText(lastMonth),
    months,
    ...figuresOf(sums, months),
  };
}

/** The figures of tariffs from what was counted. */
export function figuresOf(
  sums: readonly TariffSums[],
  months: number,
): Pick<TariffAnalysis, "tariffs" | "all"> {
  const total = (name: "base" | "left" | "leftOfBase") => sums.reduce((sum, each) => sum + each[name], 0);
  const [base, left, leftOfBase] = [total("base"), total("left"), total("leftOfBase")];
  const arpu = meanBill({
    revenue: sums.reduce((sum, each) => sum + (each.revenue ?? 0), 0),
    billed: sums.reduce((sum, each) => sum + (each.billed ?? 0), 0),
  });
  const rates = tariffRates(
    sums.map((each) => ({ tariff: each.tariff, base: each.base, left: each.leftOfBase })),
  );
  const tariffs = sums.map((each, place): TariffFigures => {
    const own = meanBill(each);
    const arpuRatio = own === null || arpu === null || arpu <= 0 ? null : own / arpu;
    const bill = billLevel(arpuRatio);
    const rate = rates[place];
    return {
      ...rate,
      leftOfBase: each.leftOfBase,
      left: each.left,
      leftPerMonth: each.left / months,
      arpu: own,
      arpuRatio,
      bill,
      finding: rate.churn === "high" ? FINDINGS[bill ?? "unknown"] : null,
    };
  });
  const [ofAll] = tariffRates([{ tariff: null, base, left: leftOfBase }]);
  return {
    tariffs: tariffs.sort((a, b) => (b.rate?.value ?? -1) - (a.rate?.value ?? -1)),
    all: { base, left, leftOfBase, leftPerMonth: left / months, rate: ofAll.rate, arpu },
  };
}

function meanBill({ revenue, billed }: Pick<TariffSums, "revenue" | "billed">): number | null {
  return revenue === null || billed === null || billed === 0 ? null : revenue / billed;
}

function billLevel(ratio: number | null): BillLevel | null {
  if (ratio === null) return null;
  return ratio < LOW_BILL ? "low" : ratio > HIGH_BILL ? "high" : "usual";
}
