import type { Job } from "../support/journal.js";

export const PARTS = ["chance", "signal", "telco"] as const;
export type Part = (typeof PARTS)[number];

/** Labels that no feature knows anything of. */
export interface ChanceCell {
  readonly part: "chance";
  readonly rows: number;
  readonly features: number;
  readonly rate: number;
}

/** Labels drawn from probabilities whose AUC is known. */
export interface SignalCell {
  readonly part: "signal";
  readonly rows: number;
  /** The AUC of the true probabilities. */
  readonly auc: number;
}

/** Halves of a real data set. */
export interface TelcoCell {
  readonly part: "telco";
}

export type Cell = ChanceCell | SignalCell | TelcoCell;

/** One training of the benchmark, and the measurement of its model on rows that training did not see. */
export interface HonestyJob extends Job {
  readonly cell: Cell;
  readonly seed: number;
  /** New rows; those of `telco` are its other half. */
  readonly newRows: number;
  readonly repeats: number;
  readonly replicates: number;
}

const SHAPES = [
  { rows: 1_000, features: 6 },
  { rows: 1_000, features: 20 },
  { rows: 5_000, features: 6 },
] as const;

/** All cells, in the order of the tables. */
export const CELLS: readonly Cell[] = [
  ...[0.25, 0.05].flatMap((rate) => SHAPES.map((shape): Cell => ({ part: "chance", ...shape, rate }))),
  ...[0.6, 0.75, 0.9].flatMap((auc) => [1_000, 5_000].map((rows): Cell => ({ part: "signal", rows, auc }))),
  { part: "telco" },
];

/** How a cell is called in tables. */
export function cellName(cell: Cell): string {
  if (cell.part === "telco") return "telco, halves";
  const rows = cell.rows.toLocaleString("en-US");
  return cell.part === "chance"
    ? `${rows} × ${cell.features}, rate ${cell.rate.toFixed(2)}`
    : `AUC ${cell.auc.toFixed(2)}, ${rows} rows`;
}
