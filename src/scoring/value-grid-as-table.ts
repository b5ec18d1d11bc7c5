import { createTable, type Table } from "../table/table.js";
import type { ValueGridCell } from "../tiers/summary/value-grid.js";
import { checkSummaries } from "./check-summaries.js";

/**
 * A risk × value grid as a {@link Table}, one row per cell: `tier`, `band`, `rows`, `share`, `mean_probability`,
 * `observed_rate` with `observed_rate_low` and `observed_rate_high` (missing in empty cells and without labels), `value`,
 * `expected_loss`.
 * @example await writeTable(valueGridAsTable(evaluation.valueGrid ?? []), "grid.csv")
 * @throws HoldfastError for what is something else.
 */
export function valueGridAsTable(cells: readonly ValueGridCell[]): Table {
  checkSummaries("valueGridAsTable", "cells", cells, {
    member: "valueGrid",
    expected: "must be a risk × value grid",
  });
  const numeric = (name: string, numberOf: (cell: ValueGridCell) => number | null | undefined) => ({
    kind: "numeric" as const,
    name,
    values: Float64Array.from(cells, (cell) => numberOf(cell) ?? Number.NaN),
  });
  return createTable([
    { kind: "text", name: "tier", values: cells.map(({ tier }) => tier) },
    { kind: "text", name: "band", values: cells.map(({ band }) => band) },
    numeric("rows", ({ rows }) => rows),
    numeric("share", ({ share }) => share),
    numeric("mean_probability", ({ meanProbability }) => meanProbability),
    numeric("observed_rate", ({ observedRate }) => observedRate?.value),
    numeric("observed_rate_low", ({ observedRate }) => observedRate?.low),
    numeric("observed_rate_high", ({ observedRate }) => observedRate?.high),
    numeric("value", ({ value }) => value),
    numeric("expected_loss", ({ expectedLoss }) => expectedLoss),
  ]);
}
