import type { FactsQuery } from "../query/facts-query.js";
import { firstTariffs, orEmpty } from "./activated-cards.js";
import type { MonthlyMeasures } from "./measures.js";

/** Medians are of so many subscribers at most, drawn by their ids: more would change nothing but the memory. */
const MOST_SAMPLED = 25_000;
/** Subscribers of so many days are established: few of their cards were activated for a bonus. */
const ESTABLISHED_DAYS = 183;
/** So many established subscribers say what is usual; where there are fewer, all of the tariff do. */
const LEAST_ESTABLISHED = 30;
/** The end of what is open; a plain value of one side, so that the join can hash. */
const OPEN = 2_147_483_647;

/**
 * Makes the temporary table `usual_use`: the median of each measure, by tariff, kind of payment and month, of the subscribers that
 * were there for the whole month, if possible of established ones.
 */
export async function makeUsualUse(
  query: FactsQuery,
  measures: MonthlyMeasures,
  phase: string,
): Promise<void> {
  const [{ subscribers }] = await query.rows<{ subscribers: number }>(
    "SELECT count(*) AS subscribers FROM subscriber_facts",
  );
  const step = Math.max(1, Math.ceil(subscribers / MOST_SAMPLED));
  const isSampled = `hash(subscriber_id) % ${step} = 0`;
  const medians = measures.names.map(
    (_, i) => `CASE WHEN count(m${i}) FILTER (WHERE is_established) >= ${LEAST_ESTABLISHED}
      THEN median(m${i}) FILTER (WHERE is_established) ELSE median(m${i}) END AS m${i}`,
  );
  const tariffs = query.has("tariffs")
    ? `LEFT JOIN (SELECT * FROM tariff_facts WHERE ${isSampled}) t ON t.subscriber_id = u.subscriber_id
        AND t.valid_from <= c.first_day AND coalesce(t.valid_to, ${OPEN}) > c.first_day`
    : `LEFT JOIN ${firstTariffs(query)} t ON t.subscriber_id = u.subscriber_id`;
  await query.run(
    `CREATE TEMP TABLE usual_use AS
    SELECT tariff, payment, month, ${medians.join(", ")} FROM (
      SELECT u.*, coalesce(t.tariff, '') AS tariff, ${orEmpty(query, "payment_kind")} AS payment,
        s.activated_on <= c.first_day - ${ESTABLISHED_DAYS} AS is_established
      FROM (SELECT subscriber_id, month, ${measures.sums} FROM (${measures.rows(isSampled)})
        GROUP BY subscriber_id, month) u
      JOIN covered_month c ON c.month = u.month
      JOIN (SELECT * FROM subscriber_facts WHERE ${isSampled}) s ON s.subscriber_id = u.subscriber_id
      ${tariffs}
      WHERE s.activated_on <= c.first_day AND coalesce(s.ended_on, ${OPEN}) >= c.next_day
    ) GROUP BY tariff, payment, month`,
    phase,
  );
}
