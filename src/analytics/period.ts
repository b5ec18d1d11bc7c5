import { argumentProblem, invalidArgument, Problems } from "../errors.js";
import type { ChurnDefinition } from "../history/churn/churn-definition.js";
import { coveredFromOf, followedUntilOf } from "../history/followed-until.js";
import type { History } from "../history/history.js";
import { standardTable } from "../history/standard-tables.js";
import { dayProblem } from "../history/windows/day-problem.js";
import { firstDayOf, monthOf, monthText, parseDay } from "../table/calendar.js";

/** The months that an analysis is about. */
export interface PeriodOptions {
  /** The first month, such as `2025-01`. Default: of the last twelve months that the history covers. */
  readonly from?: string | undefined;
  /** The last month, such as `2025-12`. Default: the last whole month that the history covers. */
  readonly to?: string | undefined;
}

/** Months [firstMonth, lastMonth], counted from January 1970 = 0, and what the history covers. */
export interface Period {
  readonly firstMonth: number;
  /** The last month, included. */
  readonly lastMonth: number;
  /** The first day. */
  readonly from: number;
  /** The day after the last. */
  readonly to: number;
  /** The first and the last month that the history covers as a whole. */
  readonly coveredFrom: number;
  readonly coveredTo: number;
}

/** Whole months that a definition of churn looks back, where a month without facts counts as silent. */
export const LOOK_BACK = 6;

/** What a definition of churn says of the months that it needs. */
interface CountedDefinition extends Partial<Pick<ChurnDefinition, "silentMonthsOf" | "needs">> {
  readonly isLasting?: boolean;
}

/** Months of the period where none is asked for. */
const USUAL_MONTHS = 12;

/**
 * The months that a history covers as a whole, from the first to the last, included. By a definition for which a time without facts
 * is a silent one: those before which it can look back, and after which tables of months do not end.
 */
export async function coveredMonths(
  history: History,
  churn: CountedDefinition = {},
): Promise<{ readonly first: number; readonly last: number }> {
  const { silentMonthsOf = [], isLasting = false } = churn;
  const from = await coveredFromOf(history);
  const whole = firstDayOf(monthOf(from)) < from ? monthOf(from) + 1 : monthOf(from);
  // Whose churn lasts is known from the month before.
  const first = whole + (looksBack(churn) ? LOOK_BACK : 0) + (isLasting ? 1 : 0);
  return { first, last: monthOf(await followedUntilOf(history, silentMonthsOf)) - 1 };
}

/** Whether a time without facts is a silent one: without months of a table, or without payments or events. */
function looksBack({ silentMonthsOf = [], needs = [] }: CountedDefinition): boolean {
  return (
    silentMonthsOf.length > 0 || needs.some(({ table }) => standardTable(table).time.shape === "happening")
  );
}

/**
 * The months that were asked for.
 * @throws HoldfastError for what is no month, months in the wrong order, and months that the history does not cover.
 */
export async function periodOf(
  functionName: string,
  history: History,
  options: PeriodOptions,
  churn?: CountedDefinition,
): Promise<Period> {
  const problems = new Problems();
  const [given, until] = (["from", "to"] as const).map((argument) => {
    const value = options[argument];
    if (value === undefined) return undefined;
    const problem = dayProblem(functionName, argument, value, "must be a month such as 2025-02");
    if (problem !== undefined) problems.add(problem);
    const day = problem === undefined ? (parseDay(value) as number) : Number.NaN;
    if (!Number.isNaN(day) && firstDayOf(monthOf(day)) !== day) {
      const hint = `write ${JSON.stringify(monthText(monthOf(day)))}`;
      problems.add(argumentProblem(functionName, argument, "must be a whole month", value, hint));
    }
    return monthOf(day);
  });
  problems.throwIfAny();
  const { first, last } = await coveredMonths(history, churn);
  if (last < first) {
    const lookBack = `, after the ${LOOK_BACK} months that this definition of churn looks back`;
    const expected = `must cover at least one whole month${churn !== undefined && looksBack(churn) ? lookBack : ""}`;
    invalidArgument(functionName, "history", expected, undefined);
  }
  const lookBack =
    churn !== undefined && looksBack(churn) ? `, after those that this definition of churn looks back` : "";
  const covered = `${monthText(first)} to ${monthText(last)}${lookBack}`;
  const lastMonth = until ?? last;
  if (lastMonth < first || lastMonth > last) {
    invalidArgument(functionName, "to", `must be a month that the history covers, ${covered}`, options.to);
  }
  const firstMonth = given ?? Math.max(first, lastMonth - USUAL_MONTHS + 1);
  if (firstMonth < first || firstMonth > last) {
    invalidArgument(
      functionName,
      "from",
      `must be a month that the history covers, ${covered}`,
      options.from,
    );
  }
  if (firstMonth > lastMonth) {
    invalidArgument(functionName, "to", `must not lie before ${monthText(firstMonth)}`, options.to);
  }
  const [from, to] = [firstDayOf(firstMonth), firstDayOf(lastMonth + 1)];
  return { firstMonth, lastMonth, from, to, coveredFrom: first, coveredTo: last };
}
