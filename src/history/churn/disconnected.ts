import { invalidArgument } from "../../errors.js";
import { quoteLiteral } from "../../table/duckdb.js";
import { type CauseMap, CHURN_CAUSES, type ChurnCause, reasonsOf } from "./churn-causes.js";
import type { ChurnDefinition } from "./churn-definition.js";

export interface DisconnectedOptions {
  /** The `end_reason`s that count, as the history has them. Default: any, also none. */
  readonly reasons?: readonly string[] | undefined;
  /** The causes that count, instead of reasons. */
  readonly causes?: readonly ChurnCause[] | undefined;
  /**
   * The cause of each of the operator's own reasons: `{ "携号转网": "competitor" }`. The standard ones are known:
   * natural, ported_out (competitor), voluntary (other), arrears and fraud (arrears or abuse).
   */
  readonly causeOf?: CauseMap | undefined;
  /**
   * What an end for another reason before the end of the prediction window is: a competing event, whose row is
   * `"left out"` (default), or no churn, so that the subscriber is one who `"stayed"`.
   */
  readonly otherReasons?: "left out" | "stayed" | undefined;
}

/**
 * Churn is the end of the subscription: `subscribers.ended_on`.
 * @example disconnected({ reasons: ["voluntary", "ported_out"] }) // arrears and fraud are competing events
 * @example disconnected({ causes: ["competitor"], causeOf: { 携号转网: "competitor" } })
 */
export function disconnected(options: DisconnectedOptions = {}): ChurnDefinition {
  const { otherReasons = "left out" } = options;
  const reasons = checkedReasons(options);
  return {
    name: "disconnected",
    description: reasons === undefined ? "left" : `left: ${(options.causes ?? reasons).join(", ")}`,
    needs: [
      { table: "subscribers", column: "ended_on" },
      ...(reasons === undefined ? [] : [{ table: "subscribers" as const, column: "end_reason" }]),
    ],
    outcomes: (facts) => {
      const churned =
        reasons === undefined
          ? "s.ended_on"
          : `CASE WHEN s.end_reason IN (${reasons.map(quoteLiteral).join(", ")}) THEN s.ended_on END`;
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
 * Churn that the operator brought about: ended for arrears, fraud or other abuse, as a label of its own.
 * @param causeOf the cause of each of the operator's own reasons
 */
export function involuntary(causeOf?: CauseMap): ChurnDefinition {
  return { ...disconnected({ causes: ["arrears or abuse"], causeOf }), name: "involuntary" };
}

function checkedReasons({ reasons, causes, causeOf }: DisconnectedOptions): readonly string[] | undefined {
  if (reasons !== undefined && causes !== undefined) {
    invalidArgument("disconnected", "causes", "must be left out where reasons are given", causes);
  }
  const wrong = [...(causes ?? []), ...Object.values(causeOf ?? {})].find(
    (cause) => !CHURN_CAUSES.includes(cause),
  );
  if (wrong !== undefined) {
    invalidArgument("disconnected", "causes", `must be of ${CHURN_CAUSES.join(", ")}`, wrong);
  }
  const counted = causes === undefined ? reasons : reasonsOf(causes, causeOf);
  if (counted?.length === 0) {
    const argument = causes === undefined ? "reasons" : "causes";
    invalidArgument("disconnected", argument, "must name at least one end_reason", causes ?? reasons);
  }
  return counted;
}
