import { quoteLiteral } from "../../database/duckdb/session.js";
import { invalidArgument } from "../../errors.js";
import { type CauseMap, CHURN_CAUSES, type ChurnCause, reasonsOf } from "./churn-causes.js";
import type { ChurnDefinition, ChurnSpec } from "./churn-definition.js";

/** Options of {@link disconnected}. */
export interface DisconnectedOptions {
  /** The `end_reason`s that count, as the history has them. Default: any, also none. */
  readonly reasons?: readonly string[] | undefined;
  /** The causes that count, instead of reasons. */
  readonly causes?: readonly ChurnCause[] | undefined;
  /**
   * The cause of each of the operator's own reasons: `{ "携号转网": "competitor" }`. The standard ones are known:
   * natural, ported_out (competitor), voluntary (other), arrears and fraud (arrears or abuse). Any other reason, and a
   * missing one, is of the cause `"other"`.
   */
  readonly causeOf?: CauseMap | undefined;
  /**
   * What an end for another reason before the end of the prediction window is: a competing event, whose row is
   * `"left out"` (default), or no churn, so that the subscriber is one who `"stayed"`.
   */
  readonly otherReasons?: "left out" | "stayed" | undefined;
}

/**
 * Churn is the end of the subscription: `subscribers.ended_on`, the first day on which the subscriber is not there any
 * more. At risk is who is there on the day before the cutoff.
 * @example disconnected({ reasons: ["voluntary", "ported_out"] }) // arrears and fraud are competing events
 * @example disconnected({ causes: ["competitor"], causeOf: { 携号转网: "competitor" } })
 * @throws HoldfastError for reasons together with causes, for none of either, and for an unknown cause.
 */
export function disconnected(options: DisconnectedOptions = {}): ChurnDefinition {
  const { reasons, causes, otherReasons = "left out" } = options;
  const isCounted = countedEnds(options);
  return {
    name: "disconnected",
    description: isCounted === undefined ? "left" : `left: ${(causes ?? reasons ?? []).join(", ")}`,
    needs: [
      { table: "subscribers", column: "ended_on" },
      ...(isCounted === undefined ? [] : [{ table: "subscribers" as const, column: "end_reason" }]),
    ],
    outcomes: (facts) => {
      const churned = isCounted === undefined ? "s.ended_on" : `CASE WHEN ${isCounted} THEN s.ended_on END`;
      // Who left before the window for another reason is not at risk in it, whatever that reason counts for.
      const out =
        otherReasons === "left out"
          ? "s.ended_on"
          : "CASE WHEN s.ended_on < a.label_from THEN s.ended_on END";
      return facts.relation(
        "disconnections",
        [
          `SELECT a.subscriber_id, a.cutoff, ${churned} AS churn_day, s.end_reason AS churn_reason, ${out} AS out_day`,
          `FROM active a JOIN ${facts.all("subscribers")} s ON s.subscriber_id = a.subscriber_id`,
        ].join("\n"),
      );
    },
  };
}

/**
 * Churn that the operator brought about: ended for arrears, fraud or other abuse, as a label of its own. Ends for other
 * causes are competing events, left out. To have it the other way round, name the other causes in {@link disconnected}.
 * @param causeOf the cause of each of the operator's own reasons
 * @example involuntary({ 欠费停机: "arrears or abuse" })
 */
export function involuntary(causeOf?: CauseMap): ChurnDefinition {
  return { ...disconnected({ causes: ["arrears or abuse"], causeOf }), name: "involuntary" };
}

/** Which ends count, in SQL over a subscriber `s`; undefined when all do. */
function countedEnds(options: DisconnectedOptions): string | undefined {
  checkOptions(options);
  const { reasons, causes, causeOf } = options;
  if (causes === undefined) return reasons && `s.end_reason IN (${listOf(reasons)})`;
  if (!causes.includes("other")) return `s.end_reason IN (${listOf(reasonsOf(causes, causeOf))})`;
  const others = reasonsOf(
    CHURN_CAUSES.filter((cause) => !causes.includes(cause)),
    causeOf,
  );
  // Reasons that stand in no map count, and so do ends without any.
  return others.length === 0 ? "1 = 1" : `coalesce(s.end_reason, '') NOT IN (${listOf(others)})`;
}

function listOf(texts: readonly string[]): string {
  return texts.map(quoteLiteral).join(", ");
}

function checkOptions({ reasons, causes, causeOf = {}, otherReasons }: DisconnectedOptions): void {
  const refuse = (argument: string, expected: string, received: unknown, hint?: string) =>
    invalidArgument("disconnected", argument, expected, received, hint);
  if (reasons !== undefined && causes !== undefined) {
    refuse("causes", "must be left out where reasons are given", causes);
  }
  if (reasons !== undefined && (reasons.length === 0 || reasons.some((reason) => reason === ""))) {
    refuse("reasons", "must name at least one end_reason, none of them empty", reasons);
  }
  const unknown = (cause: ChurnCause) => !CHURN_CAUSES.includes(cause);
  const known = CHURN_CAUSES.join(", ");
  if (causes !== undefined && (causes.length === 0 || causes.some(unknown))) {
    refuse("causes", `must be one or more of ${known}`, causes);
  }
  const [reason, cause] = Object.entries(causeOf).find((entry) => unknown(entry[1])) ?? [];
  if (reason !== undefined) refuse(`causeOf[${JSON.stringify(reason)}]`, `must be one of ${known}`, cause);
  if (causes !== undefined && !causes.includes("other") && reasonsOf(causes, causeOf).length === 0) {
    refuse("causes", "must be the cause of a reason", causes, "map reasons of your own to it with causeOf");
  }
  if (otherReasons !== undefined && otherReasons !== "left out" && otherReasons !== "stayed") {
    refuse("otherReasons", 'must be "left out" or "stayed"', otherReasons);
  }
}

export const disconnectedSpec: ChurnSpec = {
  name: "disconnected",
  usage: "disconnected, disconnected:voluntary,ported_out",
  define: (given) => disconnected(given.length === 0 ? {} : { reasons: given }),
};

export const involuntarySpec: ChurnSpec = {
  name: "involuntary",
  usage: "involuntary",
  define: (given) => (given.length === 0 ? involuntary() : undefined),
};
