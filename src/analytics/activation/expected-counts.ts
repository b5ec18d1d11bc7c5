import { quoteLiteral } from "../../database/duckdb/session.js";
import type { FactsQuery } from "../query/facts-query.js";
import type { ExpectedCounts, UnitCounts } from "./name-abnormal.js";

/** Whose cards are compared, and with peers of what. */
export interface Comparison {
  /** The column of `marked_card` that is tested. */
  readonly unit: "dealer" | "tariff";
  /** Dealers whose cards are left out. */
  readonly without: readonly string[];
}

/** Rates of narrower peers are drawn towards those of wider ones as if these were so many further cards. */
const PRIOR_CARDS = 30;

/** From all cards to those of the same tariff, kind of payment, month and region. */
const PEERS = [
  [],
  ["tariff", "payment"],
  ["tariff", "payment", "activation_month"],
  ["tariff", "payment", "activation_month", "region"],
];

const COUNTS = ["n", "unused", "silent"];
const SUMS = COUNTS.map((count) => `sum(${count}) AS ${count}`);

/** Makes the temporary tables `cell`: cards, and those with each mark, of each unit by what makes peers; `own_cell_…`, its sums of each level of peers; and `cell_with_own`, the cells of units with these sums. */
export async function makeCells(
  query: FactsQuery,
  { unit, without }: Comparison,
  phase: string,
): Promise<void> {
  const condition =
    without.length === 0 ? "true" : `coalesce(dealer NOT IN (${without.map(quoteLiteral).join(", ")}), true)`;
  await query.run(
    `CREATE OR REPLACE TEMP TABLE cell AS
    SELECT nullif(${unit}, '') AS unit, ${unit === "tariff" ? "''" : "tariff"} AS tariff, payment, activation_month, region,
      count(*)::DOUBLE AS n, count_if(is_unused)::DOUBLE AS unused, count_if(is_silent)::DOUBLE AS silent
    FROM marked_card WHERE ${condition} GROUP BY ALL`,
    phase,
  );
  for (const [level, columns] of PEERS.entries())
    await query.run(
      `CREATE OR REPLACE TEMP TABLE own_cell_${level} AS SELECT ${["unit", ...columns, ...SUMS].join(", ")} FROM cell GROUP BY ${["unit", ...columns].join(", ")}`,
      phase,
    );
  const own = PEERS.flatMap((_, level) =>
    COUNTS.map((count) => `o${level}.${count} AS own_${count}${level}`),
  );
  const joins = PEERS.map(
    (columns, level) => `JOIN own_cell_${level} o${level} ON ${on(`o${level}`, ["unit", ...columns])}`,
  );
  await query.run(
    `CREATE OR REPLACE TEMP TABLE cell_with_own AS SELECT c.*, ${own.join(", ")} FROM cell c ${joins.join(" ")}`,
    phase,
  );
}

/** A condition that a relation is about the same columns as the cell `c`. */
function on(other: string, names: readonly string[]): string {
  return names.map((name) => `${other}.${name} = c.${name}`).join(" AND ") || "true";
}

/** The counts of each unit of `cell`. */
export function countsOfUnits(query: FactsQuery): Promise<UnitCounts[]> {
  return query.rows<UnitCounts>(
    `SELECT unit, sum(n) AS activations, sum(unused) AS unused, sum(silent) AS silent
    FROM cell WHERE unit IS NOT NULL GROUP BY unit ORDER BY unit`,
  );
}

/**
 * How many cards of each unit of `cell` would have each mark, by indirect standardisation: each card counts with the rate of peers
 * of the same tariff, kind of payment, month and region, without the unit itself and without those that are excluded. As these
 * can be few, their rate is drawn towards that of the same month in all regions, this towards that of all months, and so on.
 */
export async function expectedCounts(
  query: FactsQuery,
  excluded: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ExpectedCounts>> {
  const names = [...excluded].map(quoteLiteral).join(", ");
  const isPeer = (unit: string) => (names === "" ? "true" : `coalesce(${unit} NOT IN (${names}), true)`);
  // The sums of peers by level are few, and a unit's own are with the cells: joins of small tables, instead of windows over all cells.
  const peers = PEERS.map((columns, level) => {
    const by = columns.length === 0 ? "" : ` GROUP BY ${columns.join(", ")}`;
    return `p${level} AS (SELECT ${[...columns, ...SUMS].join(", ")} FROM own_cell_${level} WHERE ${isPeer("unit")}${by})`;
  });
  const joins = PEERS.map((columns, level) => `LEFT JOIN p${level} ON ${on(`p${level}`, columns)}`);
  const own = (count: string, level: number) =>
    `CASE WHEN ${isPeer("c.unit")} THEN c.own_${count}${level} ELSE 0 END`;
  const sums = PEERS.flatMap((_, level) =>
    COUNTS.map((count) => `coalesce(p${level}.${count}, 0) - ${own(count, level)} AS ${count}${level}`),
  );
  const rate = (mark: string) =>
    PEERS.reduce(
      (wider, _, level) =>
        level === 0
          ? `(${mark}0 + 0.5) / (n0 + 1)`
          : `(${mark}${level} + ${PRIOR_CARDS} * (${wider})) / (n${level} + ${PRIOR_CARDS})`,
      "",
    );
  // In a fixed order, so that the sum is the same to the last bit in every run.
  const total = (mark: string) =>
    `sum(n * (${rate(mark)}) ORDER BY ${PEERS[PEERS.length - 1].join(", ")}) AS ${mark}`;
  const rows = await query.rows<{ unit: string; unused: number; silent: number }>(
    `WITH ${peers.join(", ")}
    SELECT unit, ${total("unused")}, ${total("silent")} FROM (
      SELECT c.unit, ${PEERS[PEERS.length - 1].map((name) => `c.${name}`).join(", ")}, c.n, ${sums.join(", ")}
      FROM cell_with_own c ${joins.join("\n      ")}
    ) GROUP BY unit`,
  );
  return new Map(rows.map(({ unit, unused, silent }) => [unit, { unused, silent }]));
}
