import type { PlainFact, PlainHistory } from "../../support/history/random-history.js";
import { completedMonthsBetween, day, firstDay, givenDay, monthOfDay } from "./plain-calendar.js";
import type { Life } from "./plain-churn.js";

/** By what subscribers are cut. */
export interface PlainSettings {
  readonly tenureBands: readonly number[];
  readonly arpuBands: readonly number[];
  readonly measure: string;
  /** What a month without a row says. */
  readonly absentMonths: "zero" | "unknown";
}

export const USUAL_SETTINGS: PlainSettings = {
  tenureBands: [3, 6, 12, 24, 36, 60],
  arpuBands: [30, 50, 80, 100, 150, 200],
  measure: "minutes",
  absentMonths: "zero",
};

/** The value of a cut on the day before `at`; null is not known. */
export function valueBefore(
  cut: string,
  life: Life,
  at: number,
  history: PlainHistory,
  settings: PlainSettings,
): string | null {
  switch (cut) {
    case "tenure":
      return tenureBand(completedMonthsBetween(life.activated, at), settings.tenureBands);
    case "tariff":
      return tariffBefore(life, at);
    case "arpu":
      return numberBand(billBefore(life, at, history, settings), settings.arpuBands);
    case "group":
      return groupBefore(life, at)?.group ?? "none";
    case "groupKind":
      return groupBefore(life, at)?.kind ?? "none";
    case "region":
      return text(life.row.region);
    case "dealer":
      return text(life.row.dealer_id);
    case "usageTrend":
      return trendBefore(life, at, history, settings);
    case "complaints":
      return happened(life, at, "complaint");
    case "faults":
      return happened(life, at, "network_fault");
    case "birth_year":
      return numberOrFifth(life, "birth_year", history);
    default:
      return text(life.row[cut]);
  }
}

/** The mean bill of the three months before. */
export function billBefore(
  life: Life,
  at: number,
  history: PlainHistory,
  settings: PlainSettings,
): number | null {
  return meanOfMonths(life, "billing", "revenue", monthOfDay(at), history, settings);
}

/** Of the three months before a month: those that began before the activation count only with a row, and none before its month. */
function meanOfMonths(
  life: Life,
  table: "usage" | "billing",
  measure: string,
  before: number,
  history: PlainHistory,
  { absentMonths }: PlainSettings,
): number | null {
  let sum = 0;
  let months = 0;
  for (let month = before - 3; month < before; month++) {
    if (month < monthOfDay(life.activated)) continue;
    const isOf = (fact: PlainFact) => givenDay(fact.month) === firstDay(month);
    const row = life.of(table).find(isOf);
    if (row !== undefined) {
      if (row[measure] === null || row[measure] === undefined) continue;
      sum += Math.floor(Number(row[measure]) * 10_000 + 0.5);
      months++;
    } else if (absentMonths === "zero" && firstDay(month) >= life.activated && history[table].some(isOf)) {
      months++;
    }
  }
  return months === 0 ? null : sum / months / 10_000;
}

function trendBefore(life: Life, at: number, history: PlainHistory, settings: PlainSettings): string | null {
  const meanBefore = (month: number) =>
    meanOfMonths(life, "usage", settings.measure, month, history, settings);
  const [now, before] = [meanBefore(monthOfDay(at)), meanBefore(monthOfDay(at) - 3)];
  if (before === null || before === 0 || now === null) return null;
  const ratio = now / before;
  if (ratio <= 0.5) return "fell by half";
  if (ratio < 0.9) return "fell";
  return ratio <= 1.1 ? "steady" : "rose";
}

/** Of tariffs that began on one day the one that became known last counts as a whole. */
function tariffBefore(life: Life, at: number): string | null {
  const began = life
    .of("tariffs")
    .filter((fact) => givenDay(fact.valid_from) < at)
    .filter((fact) => fact.valid_to === null || givenDay(fact.valid_to) > givenDay(fact.valid_from));
  const last = began.sort((a, b) => {
    const known = (fact: PlainFact) => day(fact.known_at) ?? givenDay(fact.valid_from);
    const byDay = givenDay(b.valid_from) - givenDay(a.valid_from);
    if (byDay !== 0) return byDay;
    return known(b) - known(a) || (String(b.tariff) > String(a.tariff) ? 1 : -1);
  })[0];
  return last === undefined || !holds(last, at) ? null : String(last.tariff);
}

/** The group that was joined last; of several on one day that of the least id. */
function groupBefore(life: Life, at: number): { group: string; kind: string } | undefined {
  const held = life.of("memberships").filter((fact) => holds(fact, at));
  const byDay = (a: PlainFact, b: PlainFact) => givenDay(b.valid_from) - givenDay(a.valid_from);
  const [last] = held.sort((a, b) => byDay(a, b) || (String(a.group_id) < String(b.group_id) ? -1 : 1));
  return last === undefined ? undefined : { group: String(last.group_id), kind: String(last.group_kind) };
}

function holds(fact: PlainFact, at: number): boolean {
  const [from, to] = [givenDay(fact.valid_from), day(fact.valid_to)];
  return from < at && (to === null || (to >= at && to > from));
}

function happened(life: Life, at: number, kind: string): string {
  const events = life.of("events").filter((fact) => {
    const on = givenDay(fact.at);
    return fact.kind === kind && on < at && on >= at - 91;
  });
  return events.length > 2 ? "3+" : String(events.length);
}

function tenureBand(completed: number, bounds: readonly number[]): string {
  for (const [i, bound] of bounds.entries()) {
    if (completed < bound) return `${i === 0 ? 1 : bounds[i - 1] + 1}-${bound}`;
  }
  return `${bounds[bounds.length - 1]}+`;
}

function numberBand(value: number | null, bounds: readonly number[]): string | null {
  if (value === null) return null;
  for (const [i, bound] of bounds.entries()) {
    if (value < bound) return i === 0 ? `under ${bound}` : `${bounds[i - 1]}-${bound}`;
  }
  return `${bounds[bounds.length - 1]}+`;
}

/** A number of up to twelve different ones as it is, of more by fifths. */
function numberOrFifth(life: Life, column: string, history: PlainHistory): string | null {
  const distinct = new Set(history.subscribers.flatMap((row) => numberOf(row[column]) ?? []));
  if (distinct.size <= 12) return text(life.row[column]);
  return numberBand(numberOf(life.row[column]), fifths(history, column));
}

/** The limits of fifths: the least values that so many subscribers have or are below. */
function fifths(history: PlainHistory, column: string): number[] {
  const values = history.subscribers.flatMap((row) => numberOf(row[column]) ?? []).sort((a, b) => a - b);
  return [...new Set([1, 2, 3, 4].map((fifth) => values[Math.ceil((fifth * values.length) / 5) - 1]))];
}

function numberOf(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function text(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
