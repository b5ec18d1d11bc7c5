import type { History } from "../../../src/history/history.js";
import { openHistory } from "../../../src/history/index.js";
import { createRandom } from "../../../src/random.js";
import { formatDate } from "../../../src/table/dates.js";

/** 2025-01-06, a Monday. */
export const FIRST = 20_094;
export const LAST = FIRST + 29;

export interface SubscriberRow {
  readonly subscriber_id: string;
  readonly activated_on: string;
  readonly ended_on: string | null;
  readonly region: string | null;
  readonly known_at: string | null;
}

export interface PaymentRow {
  readonly subscriber_id: string;
  readonly paid_on: string;
  readonly amount: number;
  readonly known_at: string | null;
}

export interface DayFacts {
  readonly subscribers: readonly SubscriberRow[];
  readonly payments: readonly PaymentRow[];
}

/** A month of an operator with every difficulty: no region, ends on the day of activation and facts known late. */
export function randomDays(seed: number, count = 40): DayFacts {
  const random = createRandom(seed, "daily");
  const pick = <Value>(values: readonly Value[]) => values[random.integer(values.length)];
  const late = (day: number) =>
    random.next() < 0.7 ? null : formatDate(Math.min(LAST, day + random.integer(9)));
  const subscribers = Array.from({ length: count }, (_, at): SubscriberRow => {
    const activated = FIRST - 5 + random.integer(30);
    const ended = random.next() < 0.5 ? Math.min(LAST, activated + random.integer(20)) : null;
    return {
      subscriber_id: `用户${at}`,
      activated_on: formatDate(activated),
      ended_on: ended === null ? null : formatDate(ended),
      region: pick(["江宁", "浦口", 'O\'Hara "east"', null]),
      known_at: ended === null ? null : late(ended),
    };
  });
  const payments = Array.from({ length: 2 * count }, (): PaymentRow => {
    const paid = FIRST + 3 + random.integer(27);
    const subscriber_id = `用户${random.integer(count)}`;
    const amount = Math.round((random.next() * 50 - 5) * 100) / 100;
    return { subscriber_id, paid_on: formatDate(paid), amount, known_at: late(paid) };
  });
  // The history begins and ends on known days.
  const edge = (day: number) => ({
    subscriber_id: "用户0",
    paid_on: formatDate(day),
    amount: 1,
    known_at: null,
  });
  return { subscribers, payments: [...payments, edge(FIRST), edge(LAST)] };
}

/** Opens facts as a history. */
export function openDays({ subscribers, payments }: DayFacts): Promise<History> {
  const rows = {
    subscribers: subscribers.map((row) => ({ ...row })),
    payments: payments.map((row) => ({ ...row })),
  };
  return openHistory(rows);
}
