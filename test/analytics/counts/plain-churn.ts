import type { PlainFact, PlainHistory } from "../../support/history/random-history.js";
import { day, firstDay, givenDay, monthOfDay } from "./plain-calendar.js";

/** A subscriber, and all facts about them. */
export interface Life {
  readonly id: string;
  readonly row: PlainFact;
  readonly activated: number;
  readonly ended: number | null;
  readonly reason: string | null;
  /** The rows of a table. */
  of(table: keyof PlainHistory): readonly PlainFact[];
}

/** What a definition says of a subscriber at risk on the first day of a month: the first day of churn from then on, if any. */
export interface Outcome {
  readonly day: number | null;
  readonly reason: string | null;
}

/** A definition of churn as the documentation states it. */
export interface PlainChurn {
  /** Churn is the end of the subscription: whether one for this reason counts. */
  readonly countsEnd?: (reason: string | null) => boolean;
  /** Of other definitions: undefined where the subscriber is not at risk at the beginning of the month. */
  readonly outcome?: (life: Life, month: number) => Outcome | undefined;
  /** Who churned in a month is not at risk in the month after. */
  readonly lasts?: boolean;
  /** Tables in which a month without a row is a silent one. */
  readonly silentMonthsOf?: readonly ("usage" | "billing")[];
  /** Whether facts of months before are needed. */
  readonly looksBack?: boolean;
}

export function livesOf(history: PlainHistory): Life[] {
  const tables = new Map<string, Map<PlainFact[string], PlainFact[]>>();
  const byId = (table: keyof PlainHistory) => {
    const known = tables.get(table);
    if (known !== undefined) return known;
    const facts = new Map<PlainFact[string], PlainFact[]>();
    for (const fact of history[table]) {
      const own = facts.get(fact.subscriber_id) ?? [];
      own.push(fact);
      facts.set(fact.subscriber_id, own);
    }
    tables.set(table, facts);
    return facts;
  };
  return history.subscribers.map((row) => ({
    id: String(row.subscriber_id),
    row,
    activated: givenDay(row.activated_on),
    ended: day(row.ended_on),
    reason: row.end_reason === null || row.end_reason === undefined ? null : String(row.end_reason),
    of: (table) => byId(table).get(row.subscriber_id) ?? [],
  }));
}

/** Subscribed on the day before. */
export function isActive({ activated, ended }: Life, at: number): boolean {
  return activated < at && (ended === null || ended >= at);
}

export const ends = (counts: (reason: string | null) => boolean = () => true): PlainChurn => ({
  countsEnd: counts,
  outcome: (life, month) =>
    isActive(life, firstDay(month))
      ? { day: counts(life.reason) ? life.ended : null, reason: life.reason }
      : undefined,
});

/** Days in a row without payments, without months of use, and without events of these kinds. */
export function silent(
  days: number,
  { usage = true, payments = true, kinds = [] as readonly string[] } = {},
): PlainChurn {
  return {
    silentMonthsOf: usage ? ["usage"] : [],
    looksBack: true,
    outcome: (life, month) => {
      const at = firstDay(month);
      if (!isActive(life, at)) return undefined;
      const { ended } = life;
      const happened = [
        ...(payments ? life.of("payments").map((fact) => givenDay(fact.paid_on)) : []),
        ...life
          .of("events")
          .filter((fact) => kinds.includes(String(fact.kind)))
          .map((fact) => givenDay(fact.at)),
      ].filter((each) => ended === null || each < ended);
      for (const fact of usage ? life.of("usage") : []) {
        const first = givenDay(fact.month);
        const isUsed = [fact.minutes, fact.流量].some((amount) => Number(amount ?? 0) > 0);
        if (!isUsed || (ended !== null && first >= ended)) continue;
        const last = firstDay(monthOfDay(first) + 1) - 1;
        happened.push(ended === null ? last : Math.min(last, ended - 1));
      }
      const active = [life.activated, ...happened].sort((a, b) => a - b);
      let lastDay = Math.max(...active.filter((each) => each < at));
      if (lastDay + days < at) return undefined;
      for (const each of active.filter((later) => later >= at)) {
        if (each - lastDay > days) break;
        lastDay = each;
      }
      return { day: lastDay + days, reason: null };
    },
  };
}

/** A month's measure at a share of the mean of the six months before or less. */
export function fell(
  table: "usage" | "billing",
  measure: string,
  { share = 0.2, minimum = 0.01 } = {},
): PlainChurn {
  return {
    silentMonthsOf: [table],
    looksBack: true,
    lasts: true,
    outcome: (life, month) => {
      const at = firstDay(month);
      if (!isActive(life, at)) return undefined;
      const amountIn = (each: number) => {
        const fact = life.of(table).find((row) => givenDay(row.month) === firstDay(each));
        return Math.floor(Number(fact?.[measure] ?? 0) * 10_000 + 0.5);
      };
      const before = [6, 5, 4, 3, 2, 1]
        .map((ago) => month - ago)
        .filter((each) => firstDay(each) >= life.activated);
      const baseline = before.reduce((sum, each) => sum + amountIn(each), 0);
      if (before.length === 0 || baseline < before.length * Math.round(minimum * 10_000)) return undefined;
      const stays = life.ended === null || life.ended >= firstDay(month + 1);
      // 0.001 of a ten-thousandth: a share of a sum that is met exactly is met.
      const isChurn = stays && amountIn(month) * before.length <= baseline * share + 0.001;
      return { day: isChurn ? firstDay(month + 1) - 1 : null, reason: null };
    },
  };
}

/** A service that was held and is dropped, by one who stays. */
export function dropped(names: readonly string[] | undefined, grace = 30): PlainChurn {
  return {
    outcome: (life, month) => {
      const at = firstDay(month);
      if (!isActive(life, at)) return undefined;
      const services = new Map<string, { from: number; to: number }[]>();
      for (const fact of life.of("services")) {
        const service = String(fact.service);
        if (names !== undefined && !names.includes(service)) continue;
        const span = { from: givenDay(fact.valid_from), to: day(fact.valid_to) ?? Number.POSITIVE_INFINITY };
        if (span.to > span.from) services.set(service, [...(services.get(service) ?? []), span]);
      }
      const held = [...services.values()].filter((spans) =>
        spans.some(({ from, to }) => from < at && to >= at),
      );
      if (held.length === 0) return undefined;
      const drops = held.flatMap((spans) => dropsOf(spans, grace));
      const stays = (each: number) => life.ended === null || each < life.ended;
      const coming = drops.filter((each) => each >= at && stays(each));
      return { day: coming.length === 0 ? null : Math.min(...coming), reason: null };
    },
  };
}

function dropsOf(spans: readonly { from: number; to: number }[], grace: number): number[] {
  const rising = [...spans].sort((a, b) => a.from - b.from);
  const drops: number[] = [];
  let until = rising[0].to;
  for (const { from, to } of rising) {
    if (from > until + grace) drops.push(until);
    until = Math.max(until, to);
  }
  return until === Number.POSITIVE_INFINITY ? drops : [...drops, until];
}

/** A purchase in the six months before, and none in the month. */
export function boughtNothing(
  table: "payments" | "events" = "payments",
  kinds?: readonly string[],
): PlainChurn {
  return {
    looksBack: true,
    lasts: true,
    outcome: (life, month) => {
      const at = firstDay(month);
      if (!isActive(life, at)) return undefined;
      const bought = life
        .of(table)
        .filter((fact) => (table === "payments" ? Number(fact.amount ?? 0) >= 0 : true))
        .filter((fact) => kinds === undefined || kinds.includes(String(fact.kind)))
        .map((fact) => givenDay(table === "payments" ? fact.paid_on : fact.at));
      if (!bought.some((each) => each >= firstDay(month - 6) && each < at)) return undefined;
      const isLoyal = bought.some((each) => each >= at && each < firstDay(month + 1));
      return { day: isLoyal ? null : firstDay(month + 1) - 1, reason: null };
    },
  };
}

/** The first of several; of one day, the one that is named first. */
export function firstOf(...parts: readonly PlainChurn[]): PlainChurn {
  return {
    silentMonthsOf: parts.flatMap(({ silentMonthsOf = [] }) => silentMonthsOf),
    lasts: parts.some(({ lasts }) => lasts === true),
    looksBack: parts.some(({ looksBack }) => looksBack === true),
    outcome: (life, month) => {
      const found = parts.flatMap(({ outcome }) => outcome?.(life, month) ?? []);
      if (found.length === 0) return undefined;
      const never = { day: null, reason: null };
      return found.reduce<Outcome>(
        (first, each) => (each.day !== null && (first.day === null || each.day < first.day) ? each : first),
        never,
      );
    },
  };
}
