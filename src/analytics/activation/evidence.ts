import { quoteLiteral } from "../../database/duckdb/session.js";
import { firstDayOf } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import type { FactsQuery } from "../query/facts-query.js";
import type { ActivationEvidence, ShareEvidence } from "./activation-result.js";

/** Ends are together within so many days. */
const TOGETHER_DAYS = 30;
/** Payments and events are counted in the first days of a card. */
const FIRST_DAYS = 180;
const MOST_CARDS = 100;

/** Of which units, and until when cards are followed. */
export interface EvidenceOf {
  /** The column of `marked_card`. */
  readonly unit: "dealer" | "tariff";
  readonly named: readonly string[];
  /** Dealers whose cards are left out. */
  readonly without: readonly string[];
  readonly followedTo: number;
}

/** Facts about the silent cards of named units, by unit. */
export async function evidenceOf(
  query: FactsQuery,
  of: EvidenceOf,
): Promise<ReadonlyMap<string, ActivationEvidence>> {
  if (of.named.length === 0) return new Map();
  const names = of.named.map(quoteLiteral).join(", ");
  const left =
    of.without.length === 0
      ? ""
      : ` AND coalesce(dealer NOT IN (${of.without.map(quoteLiteral).join(", ")}), true)`;
  const own = `SELECT *, ${of.unit} AS unit FROM marked_card WHERE ${of.unit} IN (${names})${left}`;
  const [batches, ends, lives, cards, payments, events] = [
    await batchesOf(query, own),
    await endsOf(query, own),
    await livesOf(query, own),
    await cardsOf(query, own),
    query.has("payments") ? await sharesOf(query, of, own, "payment_facts", "paid_on", 2) : null,
    query.has("events") ? await sharesOf(query, of, own, "event_facts", "at", 1) : null,
  ];
  return new Map(
    of.named.map((unit) => [
      unit,
      {
        batch: batches.get(unit) ?? null,
        ends: ends.get(unit) ?? null,
        monthsOfLife: lives.get(unit) ?? null,
        withoutSecondPayment: payments?.get(unit) ?? null,
        withoutEvents: events?.get(unit) ?? null,
        cards: cards.get(unit) ?? [],
      },
    ]),
  );
}

async function batchesOf(query: FactsQuery, own: string) {
  const rows = await query.rows<{ unit: string; cards: number; day: number }>(
    `SELECT unit, max(cards) AS cards, arg_max(activated_on, (cards, -activated_on)) AS day FROM (
      SELECT unit, activated_on, count(*) AS cards FROM (${own}) WHERE is_unused GROUP BY ALL
    ) GROUP BY unit HAVING max(cards) > 1`,
  );
  return new Map(rows.map(({ unit, cards, day }) => [unit, { cards, day: formatDate(day) }]));
}

async function endsOf(query: FactsQuery, own: string) {
  const window = `(PARTITION BY unit ORDER BY ended_on RANGE BETWEEN CURRENT ROW AND ${TOGETHER_DAYS - 1} FOLLOWING)`;
  const rows = await query.rows<{ unit: string; cards: number; ended: number; first: number; last: number }>(
    `SELECT unit, max(cards) AS cards, count(*) AS ended, arg_max(ended_on, (cards, -ended_on)) AS first,
      arg_max(last, (cards, -ended_on)) AS last FROM (
      SELECT unit, ended_on, count(*) OVER ${window} AS cards, max(ended_on) OVER ${window} AS last
      FROM (${own}) WHERE is_silent AND ended_on IS NOT NULL
    ) GROUP BY unit HAVING max(cards) > 1`,
  );
  return new Map(
    rows.map(({ unit, cards, ended, first, last }) => [
      unit,
      { cards, ended, days: last - first + 1, from: formatDate(first), to: formatDate(last) },
    ]),
  );
}

async function livesOf(query: FactsQuery, own: string) {
  const rows = await query.rows<{ unit: string; low: number; high: number }>(
    `SELECT unit, quantile_disc(life, 0.25) AS low, quantile_disc(life, 0.75) AS high FROM (
      SELECT unit, CASE WHEN ended_on IS NOT NULL THEN (ended_on - activated_on) // 30 + 1
        ELSE greatest(1, coalesce(last_used, activation_month) - activation_month + 1) END AS life
      FROM (${own}) WHERE is_silent
    ) GROUP BY unit`,
  );
  return new Map(rows.map(({ unit, low, high }) => [unit, { from: low, to: high }]));
}

async function cardsOf(query: FactsQuery, own: string): Promise<ReadonlyMap<string, string[]>> {
  const rows = await query.rows<{ unit: string; card: string }>(
    `SELECT unit, subscriber_id AS card FROM (${own}) WHERE is_silent
    QUALIFY row_number() OVER (PARTITION BY unit ORDER BY subscriber_id) <= ${MOST_CARDS} ORDER BY unit, subscriber_id`,
  );
  const cards = new Map<string, string[]>();
  for (const { unit, card } of rows) {
    const list = cards.get(unit) ?? [];
    list.push(card);
    cards.set(unit, list);
  }
  return cards;
}

/**
 * Of the silent cards that were followed for the first days, how many have fewer than so many facts in them, and the same share of
 * peers: the cards of units that are not named, with the same kind of payment, that are used as usual.
 */
async function sharesOf(
  query: FactsQuery,
  { unit, named, followedTo }: EvidenceOf,
  own: string,
  relation: string,
  day: string,
  least: number,
): Promise<ReadonlyMap<string, ShareEvidence>> {
  const names = named.map(quoteLiteral).join(", ");
  const isFollowed = `activated_on + ${FIRST_DAYS} <= ${firstDayOf(followedTo + 1)}`;
  const rows = await query.rows<{ unit: string; cards: number; of: number; peers: number | null }>(
    `WITH few AS (
      SELECT c.subscriber_id, count(f.subscriber_id) < ${least} AS has_few
      FROM marked_card c LEFT JOIN ${relation} f
        ON f.subscriber_id = c.subscriber_id AND f.${day} >= c.activated_on AND f.${day} < c.activated_on + ${FIRST_DAYS}
      WHERE ${isFollowed} GROUP BY c.subscriber_id
    ), peers AS (
      SELECT payment, avg(has_few::INTEGER) AS rate FROM marked_card JOIN few USING (subscriber_id)
      WHERE NOT is_unused AND coalesce(${unit} NOT IN (${names}), true) GROUP BY payment
    )
    -- In a fixed order, so that the mean is the same to the last bit in every run.
    SELECT unit, count_if(has_few) AS cards, count(*) AS of, sum(rate ORDER BY o.payment) / count(rate) AS peers
    FROM (${own}) o JOIN few USING (subscriber_id) LEFT JOIN peers ON peers.payment = o.payment
    WHERE is_silent GROUP BY unit`,
  );
  return new Map(rows.map(({ unit: name, cards, of, peers }) => [name, { cards, of, peers }]));
}
