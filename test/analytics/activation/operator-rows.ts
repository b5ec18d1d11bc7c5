import { createRandom } from "../../../src/random.js";
import { firstDayOf } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";

/** How the cards of a dealer live. */
export type Life = "usual" | "unhappy" | "thrifty" | "bulk";

/** Cards of a dealer. */
export interface CardsOf {
  readonly dealer: string;
  readonly tariff?: string;
  readonly life: Life;
  readonly cards: number;
}

const FIRST_MONTH = (2024 - 1970) * 12;
const MONTHS = 15;
const MINUTES = { usual: 200, unhappy: 200, thrifty: 40, bulk: 8 };

/**
 * A small operator of 15 months from 2024-01. Usual cards are used about 200 minutes a month, and a few end; of an unhappy
 * dealer they are used until they end at scattered times; thrifty ones are hardly used and stay; those of a bulk dealer are hardly
 * used, were activated on one day a month, and end within the fifth month.
 */
export function operatorRows(dealers: readonly CardsOf[]) {
  const random = createRandom(7, "activation test");
  const subscribers: Record<string, string | null>[] = [];
  const tariffs: Record<string, string | null>[] = [];
  const usage: Record<string, string | number>[] = [];
  const payments: Record<string, string | number>[] = [];
  for (const { dealer, tariff = "basic", life, cards } of dealers) {
    for (let card = 0; card < cards; card++) {
      const subscriber_id = `${dealer} ${life} ${card}`;
      const age = card % 10;
      const activated = firstDayOf(FIRST_MONTH + age) + (life === "bulk" ? 12 : random.integer(28));
      const ends = life === "bulk" ? true : random.next() < (life === "unhappy" ? 0.6 : 0.1);
      const ended = activated + (life === "bulk" ? 120 + random.integer(12) : 60 + random.integer(240));
      const until = firstDayOf(FIRST_MONTH + MONTHS);
      const isEnded = ends && ended < until;
      const from = formatDate(activated);
      const to = isEnded ? formatDate(ended) : null;
      subscribers.push({
        subscriber_id,
        activated_on: from,
        ended_on: to,
        dealer_id: dealer,
        region: "north",
      });
      tariffs.push({ subscriber_id, tariff, valid_from: from, valid_to: to });
      for (let month = FIRST_MONTH + age; month < FIRST_MONTH + MONTHS; month++) {
        const last = isEnded ? Math.min(ended, firstDayOf(month + 1)) : firstDayOf(month + 1);
        const days = last - Math.max(activated, firstDayOf(month));
        if (days <= 0) break;
        const minutes = (MINUTES[life] * (0.8 + 0.4 * random.next()) * days) / 30;
        usage.push({ subscriber_id, month: formatDate(firstDayOf(month)).slice(0, 7), minutes });
        if (life === "bulk" && month > FIRST_MONTH + age) continue;
        payments.push({ subscriber_id, paid_on: formatDate(last - 1), amount: minutes / 10 });
      }
    }
  }
  return { subscribers, tariffs, usage, payments };
}
