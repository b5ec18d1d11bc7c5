import { quoteLiteral } from "../../database/duckdb/session.js";
import { type CauseMap, type ChurnCause, STANDARD_CAUSES } from "../../history/churn/churn-causes.js";
import { DEFAULT_VALUE_BANDS } from "../../tiers/value-bands.js";
import type { Frame } from "../cuts/frame.js";
import { rateOf } from "../months/month-figures.js";
import type { FactsQuery } from "../query/facts-query.js";
import { moneySum } from "../query/money-sum.js";

/** A cause, or that none was stated: an end without a reason, or one that says who ended it and not why. */
export type StatedCause = ChurnCause | "not stated";

/** Who left for one cause. */
export interface CauseFigures {
  readonly cause: StatedCause;
  readonly left: number;
  readonly shareOfLeavers: number | null;
  /** Monthly revenue of those who left: the mean bill of the three months before; null without bills. */
  readonly lostRevenue: number | null;
  /** The operator's own reasons that are mapped to it; null: no reason. */
  readonly reasons: readonly { readonly reason: string | null; readonly left: number }[];
  /** By value class, the most valuable first; empty without bills. */
  readonly byValue: readonly {
    readonly value: string;
    readonly left: number;
    readonly lostRevenue: number;
  }[];
}

/** Why subscribers left. */
export interface CauseAnalysis {
  /** Most leavers first; without an `end_reason` in the history, all is "not stated". */
  readonly causes: readonly CauseFigures[];
  /** Reasons that no map names, counted as `other`, by how many left. */
  readonly unknownReasons: readonly { readonly reason: string; readonly left: number }[];
  /** The lower bound of monthly revenue of each value class, the highest first; empty without bills. */
  readonly valueClasses: readonly { readonly value: string; readonly from: number }[];
}

/** The class of those without bills. */
const NOT_BILLED = "not billed";
/** The standard reason that says who ended it, and not why. */
const WITHOUT_CAUSE = "voluntary";

/**
 * Leavers by cause, reason and value class. @param causeOf the causes of the operator's own reasons, beside those of the standard
 * reasons.
 */
export async function causeAnalysis(
  query: FactsQuery,
  { name }: Frame,
  causeOf: CauseMap,
): Promise<CauseAnalysis> {
  const valueClasses = query.has("billing") ? await valueClassesOf(query, name) : [];
  const branches = valueClasses.map(
    ({ value, from }) => `WHEN revenue >= ${from} THEN ${quoteLiteral(value)}`,
  );
  const value =
    branches.length === 0
      ? "NULL"
      : `CASE WHEN revenue IS NULL THEN '${NOT_BILLED}' ${branches.join(" ")} ELSE '${NOT_BILLED}' END`;
  const rows = await query.rows<{
    reason: string | null;
    value: string | null;
    left: number;
    lost: number | null;
  }>(
    [
      `SELECT left_reason AS reason, ${value} AS value, sum(times_left) AS "left", ${moneySum("revenue")} AS lost`,
      `FROM ${name} WHERE times_left > 0 GROUP BY 1, 2 ORDER BY "left" DESC, 1, 2`,
    ].join("\n"),
  );
  const map: CauseMap = { ...STANDARD_CAUSES, ...causeOf };
  const total = rows.reduce((sum, { left }) => sum + left, 0);
  const byCause = new Map<StatedCause, typeof rows>();
  for (const row of rows) {
    const cause = causeOfReason(row.reason, map, causeOf);
    byCause.set(cause, [...(byCause.get(cause) ?? []), row]);
  }
  const order = [...valueClasses.map((each) => each.value), NOT_BILLED];
  const causes = [...byCause].map(([cause, of]): CauseFigures => {
    const left = of.reduce((sum, row) => sum + row.left, 0);
    return {
      cause,
      left,
      shareOfLeavers: rateOf(left, total),
      lostRevenue: valueClasses.length === 0 ? null : cents(of),
      reasons: sums(of, ({ reason }) => reason).map(([reason, each]) => ({ reason, left: leftOf(each) })),
      byValue: sums(of, (row) => row.value)
        .flatMap(([each, ofValue]) =>
          each === null ? [] : [{ value: each, left: leftOf(ofValue), lostRevenue: cents(ofValue) }],
        )
        .sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value)),
    };
  });
  const unknown = sums(rows, ({ reason }) => reason).flatMap(([reason, of]) =>
    reason === null || Object.hasOwn(map, reason) ? [] : [{ reason, left: leftOf(of) }],
  );
  return {
    causes: causes.sort((a, b) => b.left - a.left),
    unknownReasons: unknown.sort((a, b) => b.left - a.left),
    valueClasses,
  };
}

function causeOfReason(reason: string | null, map: CauseMap, own: CauseMap): StatedCause {
  if (reason === null || (reason === WITHOUT_CAUSE && !Object.hasOwn(own, reason))) return "not stated";
  return Object.hasOwn(map, reason) ? map[reason] : "other";
}

type Row = { readonly left: number; readonly lost: number | null };

function leftOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { left }) => sum + left, 0);
}

function cents(rows: readonly Row[]): number {
  return Math.round(rows.reduce((sum, { lost }) => sum + (lost ?? 0), 0) * 10_000) / 10_000;
}

/** Rows by a key, the most leavers first. */
function sums<Each extends Row, Key>(rows: readonly Each[], keyOf: (row: Each) => Key): [Key, Each[]][] {
  const groups = new Map<Key, Each[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups].sort(([, a], [, b]) => leftOf(b) - leftOf(a));
}

/** The usual value bands by the revenue of those at risk: limits at the quantiles of their shares. */
async function valueClassesOf(query: FactsQuery, frame: string): Promise<{ value: string; from: number }[]> {
  const { bands } = DEFAULT_VALUE_BANDS;
  let above = 0;
  const shares = bands.map(({ share = 1 }) => {
    above = Math.min(1, above + share);
    return 1 - above;
  });
  const quantiles = shares.map((share, i) => `quantile_disc(revenue, ${share.toFixed(6)}) AS limit_${i}`);
  const [row] = await query.rows<Record<string, number | null>>(
    `SELECT ${quantiles.join(", ")} FROM ${frame} WHERE in_base = 1 AND revenue IS NOT NULL`,
  );
  return bands.flatMap(({ name }, i) => {
    const from = i === bands.length - 1 ? 0 : row[`limit_${i}`];
    return from === null || from === undefined ? [] : [{ value: name, from }];
  });
}
