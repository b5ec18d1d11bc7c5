import type { DuckDBConnection } from "@duckdb/node-api";
import { checkOptions, type OptionNames, textsProblem } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { History } from "../../history/history.js";
import type { FactsInView } from "../../history/query/facts-in-view.js";
import type { FamilyPlan } from "../../history/query/feature.js";
import type { SnapshotOptions } from "../../history/snapshot-options.js";
import { listOfNames } from "../../nearest-name.js";
import { checkModel } from "../../predict/check-model.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import type { LongWork } from "../../progress.js";
import { formatDate } from "../../table/dates.js";
import { DEFAULT_VALUE_BANDS, type ValueBandRule } from "../../tiers/value-bands.js";
import { type Cutoff, cutoffOf } from "../query/cutoff-of.js";
import type { FactsQuery } from "../query/facts-query.js";
import { withFacts } from "../query/facts-query.js";
import { withSubscribersAt } from "../query/subscribers-at.js";
import { measuresOfUsage } from "../tariffs/priced-measures.js";
import { type AtRiskList, atRiskList } from "./at-risk.js";
import { highValueOf } from "./high-value.js";
import { listColumns } from "./list-columns.js";
import { listWords } from "./list-words.js";
import { noList } from "./listed-subscriber.js";
import { modelRisks } from "./model-risk.js";
import { type NewcomerList, newcomerList } from "./newcomers.js";
import { type SilentList, silentList } from "./silent.js";
import { makeWarningSigns } from "./warning-signs.js";

/** Options of `mondayLists`. */
export interface MondayOptions extends LongWork, Pick<SnapshotOptions, "observe" | "features"> {
  /** The cutoff: a day such as `2025-07-01`, or a month. Default: the first day after the last whole month that the history covers. */
  readonly at?: string | undefined;
  /** A model of snapshots, by which subscribers of high value are at risk. Default: warning signs. */
  readonly model?: ChurnModel | undefined;
  /** Value bands of the mean bill of the last three months; the two highest are of high value. Default: the top 5%, and the next 15%. */
  readonly valueBands?: ValueBandRule | undefined;
  /** The measures of usage whose fall is a warning sign. Default: those that have a price, else all. */
  readonly measures?: readonly string[] | undefined;
  /** The language of reasons. Default `"en"`. */
  readonly locale?: LocaleName | undefined;
  /** How many rows of each list a page shows. Default 200; files hold all. */
  readonly most?: number | undefined;
}

const OPTIONS: OptionNames<MondayOptions> = {
  at: "optional",
  model: "optional",
  valueBands: "optional",
  measures: "optional",
  locale: "optional",
  most: "optional",
  observe: "optional",
  features: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** Whom to call on Monday. */
export interface MondayLists {
  /** The cutoff: facts of earlier days count. */
  readonly at: string;
  /** Active subscribers at the cutoff. */
  readonly active: number;
  /** The language of reasons. */
  readonly locale: LocaleName;
  /** How many rows of each list a page shows. */
  readonly most: number;
  readonly silent: SilentList;
  readonly newcomers: NewcomerList;
  readonly atRisk: AtRiskList;
}

const CALLED = "mondayLists";
/** The lists look back over so many months. */
const MONTHS = 6;
const SHOWN = 200;

/**
 * Lists of active subscribers to call: those who are silent in the last whole month and were not before; new ones with a high first bill who
 * paid twice or whose next payment is overdue; and those of high value at risk. Each is sorted by what is worth most, with a reason.
 * @param options `at`: default the first day after the last whole month; `model`: default none; `valueBands`: default top 5%, next 15%;
 * `measures`: default those with a price; `locale`: default `"en"`; `most`: default 200; `observe` and `features`: of the snapshots that the
 * model reads, as in training, default as in `snapshots`.
 * @example const { silent, newcomers, atRisk } = await mondayLists(history, { model: await loadChurnModel("churn.model.json") })
 * @throws HoldfastError for wrong options, a cutoff that the history does not cover, and a model whose columns the snapshots have not.
 */
export async function mondayLists(history: History, options: MondayOptions = {}): Promise<MondayLists> {
  checkMondayOptions(options);
  const cutoff = await cutoffOf(CALLED, history, options.at);
  const { columns, observe, make } = await mondayPart(history, cutoff, options);
  return withSubscribersAt(CALLED, { history, day: cutoff.day, observe, columns }, options, make);
}

/** What makes the lists of the table of subscribers at a cutoff. */
interface MondayPart {
  /** How many months are looked at. */
  readonly observe: number;
  /** What is asked of each subscriber. */
  readonly columns: (view: FactsInView) => FamilyPlan;
  make(query: FactsQuery, connection: DuckDBConnection): Promise<MondayLists>;
}

/** The lists as a part of what is made of one table of subscribers. */
export async function mondayPart(
  history: History,
  cutoff: Cutoff,
  options: MondayOptions,
): Promise<MondayPart> {
  const { model, valueBands: rule = DEFAULT_VALUE_BANDS, locale = "en", most = SHOWN } = options;
  const measures = await withFacts(CALLED, history, {}, (query) => measuresOfUse(query, options.measures));
  const make = async (query: FactsQuery, connection: DuckDBConnection): Promise<MondayLists> => {
    const say = listWords(locale);
    const [{ active }] = await query.rows<{ readonly active: number }>(
      "SELECT count(*) AS active FROM subscribers_at",
    );
    await makeWarningSigns(query, cutoff.day, measures.length);
    const value = await highValueOf(CALLED, query, connection, rule, options);
    const read = { model, locale, observe: options.observe, features: options.features };
    const risks =
      model === undefined || value === undefined
        ? undefined
        : await modelRisks(CALLED, query, connection, cutoff.day, value.from, { ...read, model }, options);
    const missing = query.has("billing")
      ? "the bills of the last months are not known"
      : "the history has no billing";
    return {
      at: formatDate(cutoff.day),
      active,
      locale,
      most,
      silent: await silentList(query, cutoff, say),
      newcomers: await newcomerList(query, cutoff, say),
      atRisk:
        value === undefined
          ? {
              ...noList(missing),
              by: model === undefined ? "warning signs" : "model",
              highValue: 0,
              highValueFrom: null,
            }
          : await atRiskList(query, { value, risks, locale, say }),
    };
  };
  return { observe: Math.min(MONTHS, cutoff.months), columns: (view) => listColumns(view, measures), make };
}

/** The measures whose fall is a sign: those that were named, else those that have a price, else all. */
async function measuresOfUse(query: FactsQuery, named: readonly string[] | undefined): Promise<string[]> {
  const { all, priced } = await measuresOfUsage(query);
  if (named !== undefined) {
    const problems = new Problems();
    for (const name of named.filter((each) => !all.includes(each)))
      problems.add(
        argumentProblem(CALLED, "measures", `must be measures of usage: ${listOfNames([...all])}`, name),
      );
    problems.throwIfAny();
    return all.filter((name) => named.includes(name));
  }
  return [...(priced.length === 0 ? all : priced)];
}

function checkMondayOptions(options: MondayOptions): void {
  checkOptions(CALLED, options, OPTIONS);
  const { model, measures, locale = "en", most = SHOWN } = options ?? {};
  if (model !== undefined) checkModel(CALLED, "model", model);
  const problems = new Problems();
  const wrong = measures === undefined ? undefined : textsProblem(CALLED, "measures", measures);
  if (wrong !== undefined) problems.add(wrong);
  if (!LOCALE_NAMES.includes(locale))
    problems.add(argumentProblem(CALLED, "locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale));
  if (!(Number.isInteger(most) && most >= 1))
    problems.add(argumentProblem(CALLED, "most", "must be a whole number of at least 1", most));
  problems.throwIfAny();
}
