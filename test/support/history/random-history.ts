import { FACT_TABLE_NAMES, type FactTableName } from "../../../src/history/standard-tables.js";
import { createRandom, type Random } from "../../../src/random.js";
import { addMonths, firstDayOf } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";
import {
  FIRST_DAY,
  FIRST_MONTH,
  LAST_DAY,
  lateness,
  MONTHS,
  nearMonthStart,
  pick,
  textOf,
} from "./random-days.js";
import { addPrices, addRelations } from "./random-relations.js";

/** One fact with its days as `2025-02-01` and months as their first day; null is missing. */
export type PlainFact = Readonly<Record<string, string | number | null>>;

/** Facts by standard table. */
export type PlainHistory = Readonly<Record<FactTableName, readonly PlainFact[]>>;

/** A history without subscribers, to add facts to. */
export const NO_FACTS = Object.fromEntries(
  FACT_TABLE_NAMES.map((name) => [name, []]),
) as unknown as PlainHistory;

/**
 * A small history with every difficulty of time: gaps, late facts, tariff changes, groups that split, service that ends
 * and resumes, facts of all kinds on the first days of months.
 */
export function randomHistory(seed: number, subscriberCount = 10): PlainHistory {
  const random = createRandom(seed, "history");
  const later = createRandom(seed, "late knowledge");
  const details = createRandom(seed, "details");
  const day = (from: number, to: number) => from + random.integer(Math.max(1, to - from));
  const history = Object.fromEntries(FACT_TABLE_NAMES.map((name) => [name, []])) as unknown as {
    [name in FactTableName]: PlainFact[];
  };
  for (let i = 0; i < subscriberCount; i++) {
    const subscriber_id = `用户 ${i + 1}`;
    const activated = nearMonthStart(day(FIRST_DAY - 400, LAST_DAY - 200), random);
    const ended =
      random.next() < 0.4
        ? Math.max(activated + 1, nearMonthStart(day(activated + 1, LAST_DAY), random))
        : null;
    const end = ended ?? LAST_DAY;
    history.subscribers.push({
      subscriber_id,
      activated_on: formatDate(activated),
      ended_on: textOf(ended),
      end_reason: ended === null ? null : pick(random, ["voluntary", "ported_out", "arrears"]),
      region: pick(random, ["北", "南", null]),
      birth_year: random.next() < 0.2 ? null : 1950 + random.integer(50),
      birth_date: formatDate(-7000 + later.integer(14_000)),
      known_at: lateness(ended ?? activated, later),
    });
    intervals(random, activated, end, 3).forEach(([from, to]) => {
      history.tariffs.push({
        subscriber_id,
        tariff: pick(random, ["畅享 59", "smart", "10"]),
        monthly_fee: random.next() < 0.1 ? null : 5 + random.integer(400) / 10,
        contract_until: random.next() < 0.5 ? null : formatDate(addMonths(from, 12)),
        valid_from: formatDate(from),
        valid_to: textOf(to),
        known_at: lateness(from, random),
      });
    });
    for (let month = FIRST_MONTH; month < FIRST_MONTH + MONTHS; month++) {
      const first = firstDayOf(month);
      if (first < activated - 31 || first >= end) continue;
      const known_at = () => lateness(firstDayOf(month + 1) - 1, random);
      if (random.next() < 0.9) {
        history.usage.push({
          subscriber_id,
          month: formatDate(first),
          minutes: random.next() < 0.15 ? 0 : random.next() * 300,
          流量: random.next() < 0.1 ? null : random.next() * 10,
          known_at: known_at(),
        });
      }
      if (random.next() < 0.95) {
        const revenue = random.next() * 60;
        history.billing.push({ subscriber_id, month: formatDate(first), revenue, known_at: known_at() });
      }
    }
    for (let n = random.integer(8); n > 0; n--) {
      const paid = nearMonthStart(day(Math.max(activated, FIRST_DAY), end), random);
      history.payments.push({
        subscriber_id,
        paid_on: formatDate(paid),
        amount: random.next() * 50,
        days_late: random.next() < 0.3 ? null : random.integer(20),
        balance: random.next() < 0.3 ? null : random.next() * 20 - 5,
        known_at: lateness(paid, random),
      });
    }
    for (let n = random.integer(6); n > 0; n--) {
      const at = nearMonthStart(day(Math.max(activated, FIRST_DAY), end), random);
      history.events.push({
        subscriber_id,
        at: formatDate(at),
        kind: pick(random, ["complaint", "service_call", "retention_contact", "network_fault"]),
        value: random.next() < 0.5 ? null : random.next() * 5,
        known_at: lateness(at, random),
      });
    }
    for (const service of ["internet", "电视"]) {
      for (const [from, to] of random.next() < 0.7 ? intervals(random, activated, end, 2) : []) {
        history.services.push({
          subscriber_id,
          service,
          valid_from: formatDate(from),
          valid_to: textOf(to),
          known_at: lateness(from, random),
        });
      }
    }
    if (random.next() < 0.8) {
      const from = day(activated, end);
      history.memberships.push({
        subscriber_id,
        group_id: `组${random.integer(3)}`,
        group_kind: pick(random, ["family", "corporate"]),
        valid_from: formatDate(from),
        valid_to: random.next() < 0.3 ? formatDate(day(from + 1, end + 2)) : null,
        known_at: lateness(from, random),
      });
    }
    addRelations(history, subscriber_id, [activated, end], later, details);
  }
  addPrices(history, createRandom(seed, "prices"));
  return history;
}

/**
 * The history as it was before a day: without the facts of that day and later, and without those known only then;
 * what had begun but not yet ended has no end.
 */
export function truncateHistory(history: PlainHistory, cutoff: string): PlainHistory {
  const isKnown = ({ known_at }: PlainFact) =>
    known_at === undefined || known_at === null || before(known_at, cutoff);
  const keep = (facts: readonly PlainFact[], dayOf: (fact: PlainFact) => string) =>
    facts.filter((fact) => before(dayOf(fact), cutoff) && isKnown(fact));
  const open = (facts: readonly PlainFact[]) =>
    keep(facts, (fact) => String(fact.valid_from)).map((fact) =>
      fact.valid_to !== null && before(fact.valid_to, cutoff) ? fact : { ...fact, valid_to: null },
    );
  const lastDayOfMonth = ({ month }: PlainFact) => {
    const first = Date.parse(String(month)) / 86_400_000;
    return formatDate(addMonths(first, 1) - 1);
  };
  return {
    // Of a subscriber with an end, known_at is about the end.
    subscribers: history.subscribers
      .filter((fact) => before(fact.activated_on, cutoff) && (fact.ended_on !== null || isKnown(fact)))
      .map((fact) =>
        fact.ended_on === null || (before(fact.ended_on, cutoff) && isKnown(fact))
          ? fact
          : { ...fact, ended_on: null, end_reason: null, known_at: null },
      ),
    tariffs: open(history.tariffs),
    memberships: open(history.memberships),
    services: open(history.services),
    usage: keep(history.usage, lastDayOfMonth),
    billing: keep(history.billing, lastDayOfMonth),
    payments: keep(history.payments, (fact) => String(fact.paid_on)),
    events: keep(history.events, (fact) => String(fact.at)),
    contacts: keep(history.contacts, (fact) => String(fact.at)),
    activity: keep(history.activity, (fact) => String(fact.day)),
    managers: open(history.managers),
    prices: open(history.prices),
    answers: keep(history.answers, (fact) => String(fact.at)),
  };
}

function before(day: string | number | null, cutoff: string): boolean {
  return String(day) < cutoff;
}

/** Consecutive intervals of a life, some with a hole between them; the last is open or ends with it. */
function intervals(random: Random, from: number, end: number, most: number): [number, number | null][] {
  const found: [number, number | null][] = [];
  let start = from;
  for (let n = 1 + random.integer(most); n > 0 && start < end; n--) {
    const stop =
      n === 1 || start + 2 >= end ? null : nearMonthStart(start + 1 + random.integer(end - start), random);
    found.push([start, stop]);
    if (stop === null || stop <= start) {
      found[found.length - 1][1] = null;
      break;
    }
    start = stop + (random.next() < 0.3 ? random.integer(60) : 0);
  }
  return found;
}
