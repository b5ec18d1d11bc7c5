import type { PlainHistory } from "../../support/history/random-history.js";
import { firstDay, givenDay, monthOfDay } from "./plain-calendar.js";
import { isActive, type Life, livesOf, type PlainChurn } from "./plain-churn.js";
import { billBefore, type PlainSettings, valueBefore } from "./plain-values.js";

/** One who left: in which month, on which day, why. */
export interface Leaving {
  readonly month: number;
  readonly day: number;
  readonly reason: string | null;
}

/** Whether a subscriber is at risk on the first day of a month, and how they left in it. */
export interface Month {
  readonly isAtRisk: boolean;
  readonly leaving: Leaving | null;
}

/** A subscriber at risk on the first day of a period, or who left in it. */
export interface Member {
  readonly life: Life;
  readonly inBase: boolean;
  readonly leavings: readonly Leaving[];
  /** The day before which they are looked at. */
  readonly asOf: number;
}

/** Goes through the months of one subscriber. */
export function monthOf(life: Life, month: number, { countsEnd, outcome, lasts }: PlainChurn): Month {
  const [from, to] = [firstDay(month), firstDay(month + 1)];
  if (countsEnd !== undefined) {
    const { ended, reason } = life;
    const isLeaving = ended !== null && ended >= from && ended < to && countsEnd(reason);
    return { isAtRisk: isActive(life, from), leaving: isLeaving ? { month, day: ended, reason } : null };
  }
  const found = outcome?.(life, month);
  const before = lasts === true ? outcome?.(life, month - 1)?.day : undefined;
  const isStill = before !== undefined && before !== null && before === from - 1;
  if (found === undefined || isStill) return { isAtRisk: false, leaving: null };
  const isLeaving = found.day !== null && found.day < to;
  return {
    isAtRisk: true,
    leaving: isLeaving ? { month, day: found.day ?? 0, reason: found.reason } : null,
  };
}

/** The months that a history covers. */
export function coveredBy(
  history: PlainHistory,
  { silentMonthsOf = [], looksBack, lasts }: PlainChurn,
): { first: number; last: number } {
  const spans = (["usage", "billing", "payments", "events", "contacts", "activity", "answers"] as const)
    .filter((table) => history[table].length > 0)
    .map((table) => {
      const isMonth = table === "usage" || table === "billing";
      const column = isMonth ? "month" : ({ payments: "paid_on", activity: "day" }[table as string] ?? "at");
      const days = history[table].map((fact) => givenDay(fact[column]));
      const last = Math.max(...days);
      return {
        table,
        first: Math.min(...days),
        until: isMonth ? firstDay(monthOfDay(last) + 1) : last + 1,
      };
    });
  const first = Math.min(...spans.map((span) => span.first));
  const whole = firstDay(monthOfDay(first)) < first ? monthOfDay(first) + 1 : monthOfDay(first);
  const until = Math.min(
    Math.max(...spans.map((span) => span.until)),
    ...spans.flatMap((span) => (silentMonthsOf.some((table) => table === span.table) ? [span.until] : [])),
  );
  return { first: whole + (looksBack ? 6 : 0) + (lasts ? 1 : 0), last: monthOfDay(until) - 1 };
}

/** Counts of each month. */
export function countMonths(history: PlainHistory, churn: PlainChurn, first: number, last: number) {
  const lives = livesOf(history);
  const baseOf = (month: number) => lives.filter((life) => monthOf(life, month, churn).isAtRisk).length;
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const month = first + i;
    const bills = history.billing.filter((fact) => givenDay(fact.month) === firstDay(month));
    return {
      month,
      joined: lives.filter(({ activated }) => monthOfDay(activated) === month).length,
      left: lives.filter((life) => monthOf(life, month, churn).leaving !== null).length,
      base: baseOf(month),
      nextBase: baseOf(month + 1),
      revenue:
        bills.length === 0
          ? null
          : bills.reduce((sum, fact) => sum + Math.floor(Number(fact.revenue) * 10_000 + 0.5), 0) / 10_000,
    };
  });
}

/** Who was at risk on the first day of the months, or left in them. */
export function membersOf(history: PlainHistory, churn: PlainChurn, first: number, last: number): Member[] {
  return livesOf(history).flatMap((life) => {
    const months = Array.from({ length: last - first + 1 }, (_, i) => monthOf(life, first + i, churn));
    const inBase = months[0].isAtRisk;
    const leavings = months.flatMap(({ leaving }) => leaving ?? []);
    if (!inBase && leavings.length === 0) return [];
    return [{ life, inBase, leavings, asOf: inBase ? firstDay(first) : leavings[0].day }];
  });
}

/** What is counted of each value of one or more cuts, by values joined with ` × `. */
export function countCut(
  members: readonly Member[],
  cuts: readonly string[],
  history: PlainHistory,
  settings: PlainSettings,
) {
  const counts = new Map<string | null, PlainCount>();
  for (const { life, inBase, leavings, asOf } of members) {
    const values = cuts.map((cut) => valueBefore(cut, life, asOf, history, settings));
    const value = values.length === 1 ? values[0] : values.map((each) => each ?? "–").join(" × ");
    const count = counts.get(value) ?? { base: 0, left: 0, leftOfBase: 0, revenue: null, lostRevenue: null };
    const bill = billBefore(life, asOf, history, settings);
    const add = (sum: number | null, isCounted: boolean) =>
      isCounted && bill !== null ? (sum ?? 0) + Math.floor(bill * 10_000 + 0.5) : sum;
    counts.set(value, {
      base: count.base + (inBase ? 1 : 0),
      left: count.left + leavings.length,
      leftOfBase: count.leftOfBase + (inBase && leavings.length > 0 ? 1 : 0),
      revenue: add(count.revenue, inBase),
      lostRevenue: add(count.lostRevenue, leavings.length > 0),
    });
  }
  return counts;
}

/** Money in whole ten-thousandths, null without bills. */
export interface PlainCount {
  readonly base: number;
  readonly left: number;
  readonly leftOfBase: number;
  readonly revenue: number | null;
  readonly lostRevenue: number | null;
}

/** How many left for each reason of their first leaving. */
export function countReasons(members: readonly Member[]): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const { leavings } of members) {
    if (leavings.length === 0) continue;
    const [{ reason }] = leavings;
    counts.set(reason, (counts.get(reason) ?? 0) + leavings.length);
  }
  return counts;
}

/** By the last answer to each question before a day, of one day the greatest text: `question: answer`, null is no answer. */
export function countAnswers(members: readonly Member[], history: PlainHistory, before: number) {
  const counts = new Map<string, { base: number; left: number }>();
  const asked = history.answers.filter((fact) => givenDay(fact.at) < before);
  const ids = new Set(members.map(({ life }) => life.id));
  const questions = new Set(
    asked.filter((fact) => ids.has(String(fact.subscriber_id))).map((fact) => String(fact.question)),
  );
  for (const question of questions) {
    for (const { life, inBase, leavings } of members) {
      const given = asked
        .filter((fact) => fact.question === question && fact.subscriber_id === life.id)
        .sort((a, b) => givenDay(b.at) - givenDay(a.at) || (String(b.answer) > String(a.answer) ? 1 : -1));
      const key = `${question}: ${given.length === 0 ? null : given[0].answer}`;
      const { base, left } = counts.get(key) ?? { base: 0, left: 0 };
      counts.set(key, { base: base + (inBase ? 1 : 0), left: left + leavings.length });
    }
  }
  return counts;
}
