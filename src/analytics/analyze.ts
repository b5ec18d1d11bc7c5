import { disconnected } from "../history/churn/disconnected.js";
import type { History } from "../history/history.js";
import { monthText } from "../table/calendar.js";
import { formatDate } from "../table/dates.js";
import { packageVersion } from "../version.js";
import { abnormalActivation } from "./activation/abnormal-activation.js";
import { abnormalDealers } from "./activation/named-activations.js";
import type { Analysis, MissingAnalysisPart } from "./analysis.js";
import {
  type AnalyzeOptions,
  checkAnalyzeOptions,
  USUAL_ARPU_BANDS,
  USUAL_FALSE_DISCOVERY_RATE,
  USUAL_GROUP_LEAVERS,
} from "./analyze-options.js";
import { causeAnalysis } from "./causes/cause-counts.js";
import { surveyAnswers } from "./causes/survey.js";
import { rateChanges } from "./change/rate-change.js";
import { type CountedChurn, countChurn } from "./counting/counted-churn.js";
import { chosenCuts, entriesFor } from "./cuts/chosen-cuts.js";
import { revenueConcentration } from "./cuts/concentration-of-revenue.js";
import { cutCounts } from "./cuts/cut-counts.js";
import { cutFigures, inOrder } from "./cuts/cut-figures.js";
import type { SteadySettings } from "./cuts/cut-list.js";
import { makeFrame } from "./cuts/frame.js";
import { groupsThatLost } from "./cuts/large-groups.js";
import { monthsOfTables } from "./cuts/months-of-tables.js";
import { outliersOf } from "./cuts/outliers.js";
import { tariffByTenure, totalsOf } from "./cuts/tariff-by-tenure.js";
import { trendMeasure } from "./cuts/trend-measure.js";
import { dailyFigures } from "./daily/daily-figures.js";
import { type Monday, mondayOf } from "./lists/monday.js";
import type { MondayLists } from "./lists/monday-lists.js";
import { type MonthCount, monthCounts } from "./months/month-counts.js";
import { monthFigures, spanFigures, spansOf } from "./months/month-figures.js";
import { seasonOf } from "./months/season.js";
import { type Period, periodOf } from "./period.js";
import { type FactsQuery, withFacts } from "./query/facts-query.js";
import { tariffsOf } from "./tariffs/tariff-analysis.js";

/**
 * The operator's month: who joined and left by month, by what they differ, what changed and what it costs. The months of cuts are
 * `from` to `to`; of a subscriber the values count that held on the day before the first of them, of one who joined later those
 * on the day before leaving.
 * @example
 * const analysis = await analyze(history, { from: "2025-01", to: "2025-12", by: ["tariff", "region"] });
 * console.log(analysis.total.churnRate, analysis.cuts.tariff);
 * @throws HoldfastError for unknown options and options out of range, months that the history does not cover, and cuts that it has not.
 */
export async function analyze(history: History, options: AnalyzeOptions = {}): Promise<Analysis> {
  return (await analyzeWhole(history, options, false)).analysis;
}

/** An analysis, and its lists with all rows. */
export interface WholeAnalysis extends Monday {
  readonly analysis: Analysis;
}

/** As {@link analyze}, with the whole lists. @param isWhole whether the migration list has all rows, which may be very many. */
export async function analyzeWhole(
  history: History,
  options: AnalyzeOptions,
  isWhole: boolean,
): Promise<WholeAnalysis> {
  checkAnalyzeOptions(options);
  const { churn = disconnected(), locale } = options;
  return withFacts("analyze", history, options, async (query) => {
    const period = await periodOf("analyze", history, options, churn);
    const counted = await countChurn("analyze", query, churn, period);
    const counts = await monthCounts(query, counted, period);
    const { name, description } = churn;
    const monthly = monthParts(counts, period, options);
    const cut = await cutParts(query, counted, period, options);
    const { onProgress, signal, model } = options;
    const work = { onProgress, signal };
    const migrations = isWhole ? undefined : SHOWN;
    const monday = await mondayOf("analyze", history, { at: period.to, migrations, model, locale }, work);
    const analysis: Analysis = {
      holdfast: packageVersion(),
      period: {
        from: monthText(period.firstMonth),
        to: monthText(period.lastMonth),
        months: period.lastMonth - period.firstMonth + 1,
      },
      definition: { name, description },
      dividedBy: options.base ?? "start",
      ...monthly,
      ...cut,
      ...(await alarmParts(history, period, options)),
      lists: firstOf(monday.lists),
      migration: { ...monday.migration, rows: monday.migration.rows.slice(0, SHOWN) },
      missing: missingParts(query),
    };
    return { analysis, ...monday };
  });
}

type MonthParts = Pick<Analysis, "months" | "quarters" | "years" | "total" | "season">;

function monthParts(
  all: readonly MonthCount[],
  { firstMonth, lastMonth, coveredFrom }: Period,
  { base = "start", from }: AnalyzeOptions,
): MonthParts {
  const first = from === undefined ? coveredFrom : firstMonth;
  const shown = all.filter(({ month }) => month >= first);
  const ofPeriod = all.filter(({ month }) => month >= firstMonth);
  const length = lastMonth - firstMonth + 1;
  return {
    months: shown.map((count) => monthFigures(count, base)),
    quarters: spansOf(shown, 3, base),
    years: spansOf(shown, 12, base),
    total: spanFigures(`${monthText(firstMonth)} to ${monthText(lastMonth)}`, ofPeriod, base, length),
    season: seasonOf(all, base),
  };
}

type CutParts = Pick<
  Analysis,
  | "cuts"
  | "tariffByTenure"
  | "tariffByTenureTotals"
  | "groups"
  | "concentration"
  | "outliers"
  | "change"
  | "causes"
  | "survey"
  | "tariffs"
>;

async function cutParts(
  query: FactsQuery,
  counted: CountedChurn,
  period: Period,
  options: AnalyzeOptions,
): Promise<CutParts> {
  const { arpuBands = USUAL_ARPU_BANDS, tenureBands, groupLeavers = USUAL_GROUP_LEAVERS } = options;
  const { reasons = {}, falseDiscoveryRate = USUAL_FALSE_DISCOVERY_RATE } = options;
  const settings: SteadySettings = {
    arpuBands,
    tenureBands,
    measure: trendMeasure("analyze", query, options.measure),
    isCorrected: query.has("tariffs", "known_at"),
    monthsOf: await monthsOfTables(query),
  };
  const chosen = await chosenCuts("analyze", query, options.by);
  const [hasTariffs, hasGroups] = [query.has("tariffs"), query.has("memberships")];
  const entries = entriesFor(chosen, [
    ...(hasTariffs ? ["tenure", "tariff"] : []),
    ...(hasGroups ? ["group", "groupKind"] : []),
  ]);
  const { firstMonth, lastMonth } = period;
  const months = { firstMonth, lastMonth };
  const frame = await makeFrame(query, counted, { name: "cut_frame", ...months, entries, settings });
  const cuts: Record<string, ReturnType<typeof cutFigures>> = {};
  for (const cut of chosen) {
    const counts = await cutCounts(
      query,
      frame,
      cut.entries.map(({ name }) => name),
    );
    cuts[cut.name] = inOrder(cutFigures(counts), cut.entries, settings);
  }
  const bands = entriesFor([], ["tenure"])[0].order?.(settings) ?? [];
  const compared = entriesFor(chosen, []).filter(
    ({ table, isUsual }) => options.by !== undefined || (isUsual && !MONTHLY.has(table)),
  );
  const matrix = hasTariffs ? await tariffByTenure(query, frame, bands) : [];
  return {
    cuts,
    tariffByTenure: matrix,
    tariffByTenureTotals: totalsOf(matrix),
    groups: hasGroups ? await groupsThatLost(query, frame, groupLeavers) : [],
    concentration: await revenueConcentration(query, frame),
    outliers: Object.entries(cuts).flatMap(([name, figures]) =>
      outliersOf(name, figures, falseDiscoveryRate),
    ),
    tariffs: await tariffsOf(query, frame, period),
    causes: await causeAnalysis(query, frame, reasons),
    survey: query.has("answers") ? await surveyAnswers(query, frame, period.to) : [],
    change: await rateChanges(query, counted, period, compared, settings),
  };
}

/** Rows of lists that an analysis holds, the most valuable; files hold all. */
const SHOWN = 200;

/** The first rows of each list. */
function firstOf({ silent, newcomers, atRisk, ...lists }: MondayLists): MondayLists {
  return {
    ...lists,
    silent: { ...silent, rows: silent.rows.slice(0, SHOWN) },
    newcomers: { ...newcomers, rows: newcomers.rows.slice(0, SHOWN) },
    atRisk: { ...atRisk, rows: atRisk.rows.slice(0, SHOWN) },
  };
}

type AlarmParts = Pick<Analysis, "daily" | "abnormalActivation" | "activation">;

/** What is unlike usual days and usual dealers. */
async function alarmParts(
  history: History,
  period: Period,
  { to, falseDiscoveryRate, onProgress, signal }: AnalyzeOptions,
): Promise<AlarmParts> {
  const work = { onProgress, signal };
  const day = to === undefined ? undefined : formatDate(period.to - 1);
  const activation = await abnormalActivation(history, { to, falseDiscoveryRate, ...work });
  return {
    daily: await dailyFigures(history, { day, falseDiscoveryRate, ...work }),
    abnormalActivation: abnormalDealers(activation),
    activation,
  };
}

/** Tables whose cuts cost a reading of many rows for each month that is compared. */
const MONTHLY: ReadonlySet<string> = new Set(["usage", "billing", "events"]);

function missingParts(query: FactsQuery): MissingAnalysisPart[] {
  const missing = (
    part: MissingAnalysisPart["part"],
    isThere: boolean,
    reason: string,
  ): MissingAnalysisPart[] => (isThere ? [] : [{ part, reason }]);
  return [
    ...missing("revenue", query.has("billing"), "the history has no table billing"),
    ...missing("causes", query.has("subscribers", "end_reason"), "subscribers have no column end_reason"),
    ...missing("survey", query.has("answers"), "the history has no table answers"),
  ];
}
