import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { createRandom } from "../../../src/random.js";
import { monthText } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";

/** Names that a page, a spreadsheet or a terminal could take for something else. */
export const HOSTILE = [
  `<script>alert("1")</script>`,
  `=HYPERLINK("x")`,
  "很长的资费名称".repeat(12),
  "a|b × c\u202eevil",
  "</table><img src=x>",
  "100% {rows|row|rows}",
] as const;

const [SCRIPT, FORMULA, LONG, RIGHT_TO_LEFT, IMAGE, BRACES] = HOSTILE;
const SUBSCRIBERS = 400;
/** January 2025. */
const FIRST_MONTH = 660;
const MONTHS = 14;
const DAY = 31 * 24;

/** A small history whose tariffs, regions, dealers, groups, reasons and answers have hostile names. */
export function hostileHistory(): HistorySources {
  const random = createRandom(5, "hostile");
  const start = 20089;
  const pick = <Each>(values: readonly Each[]) => values[random.integer(values.length)];
  const subscribers = Array.from({ length: SUBSCRIBERS }, (_, i) => {
    const activated = start - 400 + random.integer(DAY);
    const life = 40 + random.integer(900);
    const isGone = activated + life < start + MONTHS * 30 && activated + life > start;
    return {
      subscriber_id: `${pick(["", "=", "<b>"])}S${i}`,
      activated_on: formatDate(activated),
      ended_on: isGone ? formatDate(activated + life) : null,
      end_reason: isGone ? pick(["ported_out", "voluntary", SCRIPT, FORMULA, null]) : null,
      region: pick([IMAGE, RIGHT_TO_LEFT, LONG, null]),
      dealer_id: pick([FORMULA, SCRIPT, BRACES]),
      payment_kind: pick(["prepaid", "invoice"]),
    };
  });
  const months = (of: (subscriber: string, month: string) => object) =>
    subscribers.flatMap(({ subscriber_id, activated_on, ended_on }) =>
      Array.from({ length: MONTHS }, (_, k) => monthText(FIRST_MONTH + k))
        .filter(
          (month) => activated_on.slice(0, 7) <= month && (ended_on === null || ended_on > `${month}-31`),
        )
        .map((month) => of(subscriber_id, month)),
    );
  const rows = {
    subscribers,
    tariffs: subscribers.map(({ subscriber_id, activated_on }) => ({
      subscriber_id,
      tariff: pick([SCRIPT, LONG, BRACES, IMAGE]),
      monthly_fee: 10,
      valid_from: activated_on,
      valid_to: null,
    })),
    memberships: subscribers.slice(0, 200).map(({ subscriber_id, activated_on }, i) => ({
      subscriber_id,
      group_id: `${FORMULA}${i % 4}`,
      group_kind: pick([SCRIPT, "corporate"]),
      valid_from: activated_on,
      valid_to: null,
    })),
    usage: months((subscriber_id, month) => ({ subscriber_id, month, minutes: random.integer(200) })),
    billing: months((subscriber_id, month) => ({ subscriber_id, month, revenue: 5 + random.integer(90) })),
    payments: months((subscriber_id, month) => ({
      subscriber_id,
      paid_on: `${month}-20`,
      amount: 5 + random.integer(90),
    })),
    answers: subscribers.slice(0, 150).map(({ subscriber_id }) => ({
      subscriber_id,
      at: "2025-02-01",
      question: pick([SCRIPT, "满意吗？"]),
      answer: pick([FORMULA, IMAGE, "1"]),
    })),
    prices: [SCRIPT, LONG, BRACES, IMAGE].map((tariff, i) => ({
      tariff,
      product: "base",
      fee: 5 + 5 * i,
      included: null,
      price_beyond: 0,
      valid_from: "2020-01-01",
      valid_to: null,
    })),
  };
  return rows as unknown as HistorySources;
}
