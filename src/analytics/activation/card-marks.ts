import { firstDayOf } from "../../table/calendar.js";
import type { FactsQuery } from "../query/facts-query.js";
import type { MonthlyMeasures } from "./measures.js";

/** The month of activation and so many after it are the beginning of a card. */
const FIRST_MONTHS = 3;
/** A card ends early in so many days. */
const FIRST_YEAR = 365;
/** Use is compared in months in which the card existed for so many days. */
const LEAST_DAYS = 10;
/** So many last months without any use are silence. */
const SILENT_MONTHS = 2;
const MEAN_MONTH = 365.25 / 12;

/**
 * Makes the temporary table `marked_card`: the cards with their marks.
 * - `is_unused`: in none of its first four months was it used for more than `littleUse` of what is usual in its tariff, kind of
 *   payment and month. Of several measures the median of the shares counts, so that a measure of something else is outvoted; the
 *   best month counts, so that a customer who used it and fell silent is not meant.
 * - `is_silent`: it is unused, and it ended in its first year, or was not used in the last two months of it that are known.
 */
export async function makeMarkedCards(
  query: FactsQuery,
  measures: MonthlyMeasures,
  { littleUse, followedTo }: { readonly littleUse: number; readonly followedTo: number },
  phase: string,
): Promise<void> {
  const shares = measures.names.map(
    (_, i) => `u.m${i} / (days / ${MEAN_MONTH}) / nullif(greatest(y.m${i}, 0), 0)`,
  );
  const used = measures.names.map((_, i) => `coalesce(u.m${i} > 0, false)`).join(" OR ");
  const silence = measures.isAbsenceKnown
    ? `coalesce(last_used, activation_month - 1) <= least(activation_month + 11, ${followedTo}) - ${SILENT_MONTHS}`
    : "false";
  await query.run(
    `CREATE TEMP TABLE marked_card AS
    WITH months AS (
      SELECT a.card, u.month, ${measures.sums} FROM (${measures.rows("true")}) u
      JOIN activated_card a ON a.subscriber_id = u.subscriber_id AND u.month >= a.activation_month AND u.month < a.activation_month + 12
      GROUP BY a.card, u.month
    ), early AS (
      SELECT u.*, a.tariff, a.payment, u.month - a.activation_month AS age,
        least(coalesce(a.ended_on, c.next_day), c.next_day) - greatest(a.activated_on, c.first_day) AS days
      FROM months u JOIN activated_card a ON a.card = u.card JOIN covered_month c ON c.month = u.month
    ), shares AS (
      SELECT u.card, u.month, age, ${used} AS is_used,
        CASE WHEN days >= ${LEAST_DAYS} THEN list_median([${shares.join(", ")}]) END AS share
      FROM early u LEFT JOIN usual_use y ON y.tariff = u.tariff AND y.payment = u.payment AND y.month = u.month
    ), used AS (
      SELECT card, max(share) FILTER (WHERE age <= ${FIRST_MONTHS}) AS best, max(month) FILTER (WHERE is_used) AS last_used
      FROM shares GROUP BY card
    ), judged AS (
      SELECT a.*, coalesce(best, ${measures.isAbsenceKnown ? "CASE WHEN last_used IS NULL THEN 0 END" : "NULL"}) AS best, last_used
      FROM activated_card a LEFT JOIN used ON used.card = a.card
      WHERE coalesce(a.ended_on, ${firstDayOf(followedTo + 1)}) - a.activated_on >= ${LEAST_DAYS}
    )
    SELECT *, is_unused AND is_gone AS is_silent FROM (
      SELECT *, best < ${littleUse} AS is_unused,
        coalesce(ended_on <= activated_on + ${FIRST_YEAR}, false) OR ${silence} AS is_gone
      FROM judged WHERE best IS NOT NULL
    )`,
    phase,
  );
}
