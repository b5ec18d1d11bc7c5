import { checkOptions, checkTexts, type OptionNames } from "../../arguments.js";
import { quoteLiteral } from "../../database/duckdb/session.js";
import { invalidArgument } from "../../errors.js";
import { type CauseMap, CHURN_CAUSES, type ChurnCause, reasonsOf, reasonsOfOthers } from "./churn-causes.js";
import type { ChurnDefinition, ChurnSpec } from "./churn-definition.js";

/** Options of {@link disconnected}. */
export interface DisconnectedOptions {
  /** The `end_reason`s that count as churn. Default: any, and a missing one too. */
  readonly reasons?: readonly string[] | undefined;
  /** The causes that count as churn, instead of `reasons`; a class stands for all its causes, such as `"own failing"` for quality, price and care. Default: all. */
  readonly causes?: readonly ChurnCause[] | undefined;
  /**
   * The cause of each of the operator's own reasons: `{ "携号转网": "competitor" }`. The standard reasons have causes:
   * natural (moved or deceased), ported_out (competitor), voluntary (other), arrears (arrears) and fraud (abuse). Any other
   * reason, and a missing one, has the cause `"other"`. Default: only the standard reasons.
   */
  readonly causeOf?: CauseMap | undefined;
  /**
   * How an end for another reason before the end of the prediction window counts: as a competing event, whose row is
   * `"left out"` (default), or as no churn, so that the subscriber counts as one who `"stayed"`.
   */
  readonly otherReasons?: "left out" | "stayed" | undefined;
}

const OPTIONS: OptionNames<DisconnectedOptions> = {
  reasons: "optional",
  causes: "optional",
  causeOf: "optional",
  otherReasons: "optional",
};

/**
 * Churn is the end of the subscription: `subscribers.ended_on`, the first day on which the subscriber is no longer
 * subscribed. At risk are all who are subscribed on the day before the cutoff.
 * @example disconnected({ reasons: ["voluntary", "ported_out"] }) // arrears and fraud are competing events
 * @example disconnected({ causes: ["competitor"], causeOf: { 携号转网: "competitor" } })
 * @throws HoldfastError for reasons together with causes, for an empty list of either, and for an unknown cause.
 */
export function disconnected(options: DisconnectedOptions = {}): ChurnDefinition {
  checkOptions("disconnected", options, OPTIONS, "options", reasonsHint);
  checkReasons("disconnected", options);
  const { reasons, causes, otherReasons = "left out" } = options;
  const isCounted = countedEnds(options);
  return {
    name: "disconnected",
    description: isCounted === undefined ? "left" : `left: ${(causes ?? reasons ?? []).join(", ")}`,
    needs: [
      { table: "subscribers", column: "ended_on" },
      ...(isCounted === undefined ? [] : [{ table: "subscribers" as const, column: "end_reason" }]),
    ],
    endsThatCount: isCounted ?? "1 = 1",
    outcomes: (facts) => {
      const churned = isCounted === undefined ? "s.ended_on" : `CASE WHEN ${isCounted} THEN s.ended_on END`;
      // A subscriber who left before the window for another reason is not at risk in it, whatever `otherReasons` is.
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
 * Churn that the operator caused, as a separate label: the end of the subscription for arrears, fraud or other abuse. Ends
 * for other causes are competing events, whose rows are left out. For the opposite, name the other causes in
 * {@link disconnected}.
 * @param causeOf the cause of each of the operator's own reasons; default: only the standard reasons.
 * @example involuntary({ 欠费停机: "arrears or abuse" })
 */
export function involuntary(causeOf?: CauseMap): ChurnDefinition {
  checkReasons("involuntary", { causes: ["arrears or abuse"], causeOf });
  return { ...disconnected({ causes: ["arrears or abuse"], causeOf }), name: "involuntary" };
}

/**
 * Churn by the subscriber's own decision, or by life's: the end of the subscription for every cause but arrears, fraud or other
 * abuse; the opposite of {@link involuntary}. An end without a reason counts.
 * @param causeOf the cause of each of the operator's own reasons; default: only the standard reasons.
 * @example voluntary({ 欠费停机: "arrears" })
 */
export function voluntary(causeOf?: CauseMap): ChurnDefinition {
  const causes = ["natural", "competitor", "own failing", "other"] as const;
  checkReasons("voluntary", { causes, causeOf });
  return { ...disconnected({ causes, causeOf }), name: "voluntary" };
}

/** SQL over a subscriber `s`, true for an end that counts; undefined when all do. */
function countedEnds({ reasons, causes, causeOf }: DisconnectedOptions): string | undefined {
  if (causes === undefined) return reasons && `s.end_reason IN (${listOf(reasons)})`;
  if (!causes.includes("other")) return `s.end_reason IN (${listOf(reasonsOf(causes, causeOf))})`;
  const others = reasonsOfOthers(causes, causeOf);
  // Reasons in no map count, and so do ends without a reason.
  return others.length === 0 ? "1 = 1" : `coalesce(s.end_reason, '') NOT IN (${listOf(others)})`;
}

function listOf(texts: readonly string[]): string {
  return texts.map(quoteLiteral).join(", ");
}

/** `disconnected("voluntary")` is meant to name reasons. */
function reasonsHint(instead: unknown): string | undefined {
  const texts = typeof instead === "string" ? [instead] : instead;
  if (!Array.isArray(texts)) return undefined;
  return `write disconnected({ reasons: ${JSON.stringify(texts)} })`;
}

function checkReasons(
  functionName: string,
  { reasons, causes, causeOf = {}, otherReasons }: DisconnectedOptions,
): void {
  const refuse = (argument: string, expected: string, received: unknown, hint?: string): never =>
    invalidArgument(functionName, argument, expected, received, hint);
  if (reasons !== undefined) checkTexts(functionName, "reasons", reasons);
  if (causes !== undefined) checkTexts(functionName, "causes", causes);
  if (typeof causeOf !== "object" || causeOf === null || Array.isArray(causeOf)) {
    refuse("causeOf", 'must be an object of reasons and causes, such as { 携号转网: "competitor" }', causeOf);
  }
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
    refuse("causes", "must be the cause of a reason", causes, "map your own reasons to it with causeOf");
  }
  if (otherReasons !== undefined && otherReasons !== "left out" && otherReasons !== "stayed") {
    refuse("otherReasons", 'must be "left out" or "stayed"', otherReasons);
  }
}

export const disconnectedSpec: ChurnSpec = {
  name: "disconnected",
  usage: "disconnected, disconnected:voluntary,ported_out",
  call: "disconnected()",
  define: (given) => disconnected(given.length === 0 ? {} : { reasons: given }),
};

export const involuntarySpec: ChurnSpec = {
  name: "involuntary",
  usage: "involuntary",
  call: "involuntary()",
  define: (given) => (given.length === 0 ? involuntary() : undefined),
};

export const voluntarySpec: ChurnSpec = {
  name: "voluntary",
  usage: "voluntary",
  call: "voluntary()",
  define: (given) => (given.length === 0 ? voluntary() : undefined),
};
