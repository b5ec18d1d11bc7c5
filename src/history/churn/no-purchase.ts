import { checkOptions, checkTexts, type OptionNames } from "../../arguments.js";
import { quoteLiteral } from "../../database/duckdb/session.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
import type { FactsToLabel } from "../query/facts-to-label.js";
import { type Span, shiftDay, spanProblem } from "../windows/span.js";
import type { ChurnDefinition, ChurnSpec } from "./churn-definition.js";

/** Options of {@link noPurchase}. */
export interface NoPurchaseOptions {
  /** The table of purchases. Default `"payments"`, without refunds (amounts below 0). */
  readonly table?: "payments" | "events" | undefined;
  /** The kinds of events that are purchases. Default: all. */
  readonly eventKinds?: readonly string[] | undefined;
  /** At risk are customers with a purchase within this time before the cutoff. Default: within the observation window. */
  readonly activeWithin?: Span | undefined;
}

const OPTIONS: OptionNames<NoPurchaseOptions> = {
  table: "optional",
  eventKinds: "optional",
  activeWithin: "optional",
};

/**
 * Churn without a contract that could end: no purchase in the prediction window. Purchases in the gap are ignored. At risk
 * at cutoff *t* are customers with a purchase in [*t* − activeWithin, *t*). The churn day is the last day of the prediction
 * window, because churn is not certain before.
 * @example noPurchase() // customers with a payment in the observation window, and none in the prediction window
 * @throws HoldfastError for options out of range.
 */
export function noPurchase(options: NoPurchaseOptions = {}): ChurnDefinition {
  checkOptions("noPurchase", options, OPTIONS, "options", tableHint);
  checkPurchases(options);
  const { table = "payments", eventKinds, activeWithin } = options;
  const day = table === "payments" ? "f.paid_on" : 'f."at"';
  return {
    name: "noPurchase",
    description: "made no purchase",
    needs: [{ table }],
    isLasting: true,
    outcomes: (facts) => {
      const counted = (isWithin: string) => `sum(CASE WHEN ${isWithin} THEN 1 ELSE 0 END)`;
      return facts.relation(
        "no_purchases",
        [
          "SELECT a.subscriber_id, a.cutoff,",
          `  CASE WHEN ${counted(`${day} >= a.label_from`)} = 0 THEN a.label_to - 1 END AS churn_day,`,
          "  CAST(NULL AS text) AS churn_reason, CAST(NULL AS integer) AS out_day",
          `FROM active a JOIN ${facts.all(table)} f ON f.subscriber_id = a.subscriber_id`,
          `WHERE ${day} >= ${activeFrom(facts, activeWithin)} AND ${day} < a.label_to AND ${isPurchase(table, eventKinds)}`,
          "GROUP BY a.subscriber_id, a.cutoff, a.label_to",
          `HAVING ${counted(`${day} < a.cutoff`)} > 0`,
        ].join("\n"),
      );
    },
  };
}

function isPurchase(table: "payments" | "events", kinds: readonly string[] | undefined): string {
  if (table === "payments") return "coalesce(f.amount, 0) >= 0";
  return kinds === undefined ? "1 = 1" : `f.kind IN (${kinds.map(quoteLiteral).join(", ")})`;
}

/** SQL for the first day of `activeWithin` before each cutoff. */
function activeFrom({ windows }: FactsToLabel, activeWithin: Span | undefined): string {
  if (activeWithin === undefined) return "a.observe_from";
  const cases = windows.map(({ cutoff }) => `WHEN ${cutoff} THEN ${shiftDay(cutoff, activeWithin, -1)}`);
  return `CASE a.cutoff ${cases.join(" ")} END`;
}

/** `noPurchase("events")` is meant to name the table. */
function tableHint(instead: unknown): string | undefined {
  return typeof instead === "string" ? `write noPurchase({ table: ${JSON.stringify(instead)} })` : undefined;
}

function checkPurchases({ table = "payments", eventKinds, activeWithin }: NoPurchaseOptions): void {
  const refuse = (argument: string, expected: string, received: unknown) =>
    invalidArgument("noPurchase", argument, expected, received);
  if (table !== "payments" && table !== "events") refuse("table", 'must be "payments" or "events"', table);
  if (eventKinds !== undefined && table !== "events") {
    refuse("eventKinds", 'must be left out unless table is "events"', eventKinds);
  }
  if (eventKinds !== undefined) checkTexts("noPurchase", "eventKinds", eventKinds);
  if (eventKinds?.length === 0) refuse("eventKinds", "must name at least one kind", eventKinds);
  const problem =
    activeWithin === undefined ? undefined : spanProblem("noPurchase", "activeWithin", activeWithin, 1);
  if (problem !== undefined) throw new HoldfastError(problem);
}

export const noPurchaseSpec: ChurnSpec = {
  name: "no-purchase",
  usage: "no-purchase",
  call: "noPurchase()",
  define: (given) => (given.length === 0 ? noPurchase() : undefined),
};
