import type { AbnormalActivation } from "./activation/activation-result.js";
import type { NamedDealer } from "./activation/named-activations.js";
import type { CauseAnalysis } from "./causes/cause-counts.js";
import type { SurveyQuestion } from "./causes/survey.js";
import type { RateChange } from "./change/rate-change.js";
import type { RevenueConcentration } from "./cuts/concentration-of-revenue.js";
import type { CutFigures } from "./cuts/cut-figures.js";
import type { LargeGroup } from "./cuts/large-groups.js";
import type { Outlier } from "./cuts/outliers.js";
import type { TariffByTenure, TariffByTenureTotals } from "./cuts/tariff-by-tenure.js";
import type { DailyReport, NoDailyReport } from "./daily/daily-types.js";
import type { MondayLists } from "./lists/monday-lists.js";
import type { MonthFigures, RateBase, SpanFigures } from "./months/month-figures.js";
import type { Season } from "./months/season.js";
import type { MigrationList } from "./tariffs/migration-list.js";
import type { TariffAnalysis } from "./tariffs/tariff-analysis.js";

/** The parts of an analysis that a history may have no facts for; the others say it themselves. */
export type AnalysisPart = "revenue" | "causes" | "survey";

/** Why a part is not there, or not whole. */
export interface MissingAnalysisPart {
  readonly part: AnalysisPart;
  readonly reason: string;
}

/** What an operator's analysts ask every month, as plain data: rates and shares as fractions, what is missing null. */
export interface Analysis {
  /** The version of the library. */
  readonly holdfast: string;
  /** The months of the cuts, included, such as `2025-01` and `2025-12`. */
  readonly period: { readonly from: string; readonly to: string; readonly months: number };
  /** What counts as churn. */
  readonly definition: { readonly name: string; readonly description: string };
  /** By whom the churn of months is divided. */
  readonly dividedBy: RateBase;
  /** Each month that the history covers, from the one that was asked for on. */
  readonly months: readonly MonthFigures[];
  readonly quarters: readonly SpanFigures[];
  readonly years: readonly SpanFigures[];
  /** The months of the period together. */
  readonly total: SpanFigures;
  readonly season: Season;
  /** The cuts by name, `tariff` or `tariff*region`; bands in their order, other values the largest base first. */
  readonly cuts: Readonly<Record<string, readonly CutFigures[]>>;
  /** Every tariff by every tenure band; empty without tariffs. */
  readonly tariffByTenure: readonly TariffByTenure[];
  /** Its sums: each tariff's own rate, and each band's. */
  readonly tariffByTenureTotals: TariffByTenureTotals;
  /** Groups with many leavers. */
  readonly groups: readonly LargeGroup[];
  readonly concentration: RevenueConcentration;
  /** Values of cuts whose rate is too far from that of all to be chance. */
  readonly outliers: readonly Outlier[];
  /** What changed since the month before, and since last year. */
  readonly change: readonly RateChange[];
  readonly causes: CauseAnalysis;
  readonly survey: readonly SurveyQuestion[];
  /** Tariffs with high churn, and their bills. */
  readonly tariffs: TariffAnalysis;
  /** Who would pay less in another tariff, at the end of the period; the rows that would save most. */
  readonly migration: MigrationList;
  /** Whom to call, at the end of the period; the most valuable rows of each list. */
  readonly lists: MondayLists;
  /** The last day of the history by region. */
  readonly daily: DailyReport | NoDailyReport;
  /** Dealers whose activations are abnormal. */
  readonly abnormalActivation: readonly NamedDealer[];
  /** All that was tested about activations. */
  readonly activation: AbnormalActivation;
  readonly missing: readonly MissingAnalysisPart[];
}
