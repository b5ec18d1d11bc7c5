/**
 * The operator's month: churn analysis as telecom operators do it, on the history that `openHistory` opens.
 *
 * `analyze` gives everything as plain data: who joined and left by month, by what those who left differ, what changed, what it
 * costs, whom to call on Monday, which dealers cheat; `analysisHtml`, `analysisMarkdown` and `writeAnalysis` write it for people, in English
 * and Chinese. Its parts are also functions by themselves: `tariffAnalysis`, `migrationList`, `mondayLists`, `abnormalActivation`,
 * `dailyFigures`, and `extendDaily`, which keeps a file of daily figures. The statistics behind them are functions of counts and series:
 * `shrunkRates`, `unusualCells`, `splitChange`, `seasonal`, `breaks`, `concentration`.
 *
 * @example
 * import { openHistory } from "holdfast";
 * import { analyze, writeAnalysis } from "holdfast/analytics";
 *
 * const history = await openHistory("datasets/simulated");
 * const analysis = await analyze(history, { from: "2025-08", to: "2026-01", by: ["tariff", "region", "tariff*tenure"] });
 * history.close();
 * console.log(analysis.total.churnRate, analysis.cuts.tariff[0]);
 * await writeAnalysis(analysis, "2026-01.html", { locale: "zh" });
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { abnormalActivation } from "./activation/abnormal-activation.js";
export { abnormalDealers } from "./activation/named-activations.js";
export { analyze } from "./analyze.js";
export { dailyFigures } from "./daily/daily-figures.js";
export { dailyView } from "./daily/daily-view.js";
export { extendDaily } from "./daily/extend-daily.js";
export { mondayLists } from "./lists/monday-lists.js";
export { writeLists } from "./lists/write-lists.js";
export { breaks } from "./statistics/breaks.js";
export { concentration } from "./statistics/concentration.js";
export { seasonal } from "./statistics/seasonal.js";
export { shrunkRates } from "./statistics/shrunk-rates.js";
export { splitChange } from "./statistics/split-change.js";
export { unusualCells } from "./statistics/unusual-cells.js";
export { migrationList } from "./tariffs/migration-list.js";
export { tariffAnalysis } from "./tariffs/tariff-analysis.js";
export { analysisHtml, analysisMarkdown, writeAnalysis } from "./write-analysis.js";

// The types of their arguments and results, which hold those of histories and models.

export type * from "../history/index.js";
export type { PageHtml } from "../page/html/page-html.js";
export type { PageMarkdown } from "../page/markdown/page-markdown.js";
export type { PageFile } from "../page/page.js";
export type * from "../predict/index.js";
export type { LimitBandRule, ShareBandRule, ValueBandRule } from "../tiers/value-bands.js";
export type { AbnormalActivationOptions } from "./activation/activation-options.js";
export type {
  AbnormalActivation,
  ActivationEvidence,
  BatchEvidence,
  DealerActivations,
  EndsEvidence,
  MarkTest,
  ShareEvidence,
  TariffActivations,
  TestedActivations,
} from "./activation/activation-result.js";
export type { MissingActivations } from "./activation/missing-activations.js";
export type { NamedDealer } from "./activation/named-activations.js";
export type { Analysis, AnalysisPart, MissingAnalysisPart } from "./analysis.js";
export type { AnalyzeOptions } from "./analyze-options.js";
export type { CauseAnalysis, CauseFigures, StatedCause } from "./causes/cause-counts.js";
export type { SurveyQuestion } from "./causes/survey.js";
export type { ChangeByCut, RateChange, SegmentEffect } from "./change/rate-change.js";
export type { RevenueConcentration, RevenueShare } from "./cuts/concentration-of-revenue.js";
export type { CutFigures } from "./cuts/cut-figures.js";
export type { LargeGroup } from "./cuts/large-groups.js";
export type { Outlier } from "./cuts/outliers.js";
export type { CellSum, TariffByTenure, TariffByTenureTotals } from "./cuts/tariff-by-tenure.js";
export type { RecordedCorrection } from "./daily/corrections.js";
export type { DailyFiguresOptions } from "./daily/daily-figures.js";
export type {
  Compared,
  DailyCorrection,
  DailyMeasure,
  DailyOptions,
  DailyReport,
  DayFigures,
  HeadOfficeDay,
  NoDailyReport,
  RegionDay,
  StandOut,
} from "./daily/daily-types.js";
export type { DailyView, DailyViewOptions } from "./daily/daily-view.js";
export type { ExtendDailyOptions, ExtendedDaily } from "./daily/extend-daily.js";
export type { AtRisk, AtRiskList } from "./lists/at-risk.js";
export type { ListedSubscriber, SubscriberList } from "./lists/listed-subscriber.js";
export type { MondayLists, MondayOptions } from "./lists/monday-lists.js";
export type { Newcomer, NewcomerCall, NewcomerList } from "./lists/newcomers.js";
export type { SilentList, SilentSubscriber } from "./lists/silent.js";
export type { WarningSigns } from "./lists/warning-signs.js";
export type { WriteListsOptions } from "./lists/write-lists.js";
export type { MonthFigures, RateBase, SpanFigures } from "./months/month-figures.js";
export type { BrokenMonth, Season } from "./months/season.js";
export type { PeriodOptions } from "./period.js";
export type { Break, BreakOptions } from "./statistics/breaks.js";
export type { RateCell } from "./statistics/cells.js";
export type { Concentration, ConcentrationOptions } from "./statistics/concentration.js";
export type { FunnelLimit } from "./statistics/rates/funnel-limits.js";
export type { Seasonal, SeasonalOptions } from "./statistics/seasonal.js";
export type { ShrunkRate, ShrunkRateOptions } from "./statistics/shrunk-rates.js";
export type { ChangeSplit, SegmentCell, SegmentChange } from "./statistics/split-change.js";
export type { UnusualCell, UnusualCellOptions, UnusualCells } from "./statistics/unusual-cells.js";
export type { MigrationList, MigrationPair, MigrationRow } from "./tariffs/migration-list.js";
export type { MigrationOptions } from "./tariffs/migration-options.js";
export type { DiscountRule } from "./tariffs/migration-tables.js";
export type { OfferedTariffs } from "./tariffs/offered-tariffs.js";
export type {
  BillLevel,
  TariffAnalysis,
  TariffFigures,
  TariffFinding,
  TariffOptions,
} from "./tariffs/tariff-analysis.js";
export type { ChurnLevel, TariffCount, TariffRate } from "./tariffs/tariff-rates.js";
export type { AnalysisPageOptions, WriteAnalysisOptions } from "./write-analysis.js";
