import type { InputColumn } from "../../vectors/input-column.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import { fillTotals, type Total } from "../../vectors/totals.js";
import type { ExplanationFacts } from "../facts/feature-facts.js";
import { type ChangedColumn, candidatesOf, shareBetween } from "./candidates.js";

/** What a search needs of a model. */
export interface ChangeSearch {
  readonly inputs: readonly InputColumn[];
  readonly totals: readonly Total[];
  readonly reference: ReferenceDistribution;
  readonly facts: ExplanationFacts;
  /** The margin of a row: a number that rises with the risk. */
  marginOf(row: Float64Array): number;
  /** Whether a row of that margin is where it should be. */
  isLowEnough(margin: number): boolean;
}

/** Most columns that are changed together. */
const MOST_COLUMNS = 3;
/** The most promising candidates that are combined, by the number of columns. */
const COMBINED: Readonly<Record<number, number>> = { 2: 40, 3: 14 };
/** Values tried between the row's and the one that was found. */
const STEPS = 16;

/**
 * The smallest change of columns that can be acted on which lowers the margin of a row enough: the fewest columns, then the least sum
 * of distances. Values are those of training rows, and combinations of categories that never occurred together are not proposed.
 * One column is searched exhaustively, two and three among the candidates that lower the margin most.
 * @returns the columns that change; undefined where none was found.
 */
export function smallestChange(row: Float64Array, search: ChangeSearch): ChangedColumn[] | undefined {
  const { inputs, reference, facts } = search;
  const changed = row.slice();
  const marginWith = (changes: readonly ChangedColumn[]): number => {
    changed.set(row);
    for (const { position, to } of changes) changed[position] = to;
    fillTotals(search.totals, changed, inputs.length);
    return search.marginOf(changed);
  };
  const own = marginWith([]);
  const lowering = candidatesOf(row, inputs, reference, facts)
    .filter((change) => isKnown([change], row, facts))
    .map((change) => ({ change, margin: marginWith([change]) }))
    .filter(({ margin }) => margin < own)
    .sort((a, b) => a.margin - b.margin);
  const enough = (margin: number) => search.isLowEnough(margin);
  for (let columns = 1; columns <= MOST_COLUMNS; columns++) {
    const most = COMBINED[columns] ?? lowering.length;
    const combined = combinationsOf(
      lowering.slice(0, most).map(({ change }) => change),
      columns,
    );
    const [least] = combined
      .filter((changes) => isKnown(changes, row, facts))
      .map((changes) => ({ changes, distance: distanceOf(changes), margin: marginWith(changes) }))
      .filter(({ margin }) => enough(margin))
      // Of equally small ones the one that does just enough.
      .sort((a, b) => a.distance - b.distance || b.margin - a.margin);
    if (least === undefined) continue;
    return refined(least.changes, row, search, (changes) => enough(marginWith(changes)));
  }
  return undefined;
}

/** All combinations of as many different columns. */
function combinationsOf(candidates: readonly ChangedColumn[], columns: number): ChangedColumn[][] {
  if (columns === 1) return candidates.map((change) => [change]);
  return candidates.flatMap((first, i) =>
    combinationsOf(candidates.slice(i + 1), columns - 1)
      .filter((rest) => rest.every(({ position }) => position !== first.position))
      .map((rest) => [first, ...rest]),
  );
}

function distanceOf(changes: readonly ChangedColumn[]): number {
  return changes.reduce((sum, { distance }) => sum + distance, 0);
}

/** Whether the training rows have all pairs of categories that a changed row would have, and numbers like its in its categories. */
function isKnown(
  changes: readonly ChangedColumn[],
  row: Float64Array,
  { apart = [], within = [] }: ExplanationFacts,
): boolean {
  const valueAt = (position: number) =>
    changes.find((change) => change.position === position)?.to ?? row[position];
  const isChanged = (one: number, other: number) =>
    changes.some(({ position }) => position === one || position === other);
  const areTogether = apart.every(
    ([first, code, second, other]) =>
      !isChanged(first, second) || valueAt(first) !== code || valueAt(second) !== other,
  );
  return (
    areTogether &&
    within.every(([number, categorical, code, low, high]) => {
      if (!isChanged(number, categorical) || valueAt(categorical) !== code) return true;
      return !(valueAt(number) < low) && !(valueAt(number) > high);
    })
  );
}

/** Moves each number back towards the row's as far as possible, in even steps; whole where the training rows are. */
function refined(
  changes: ChangedColumn[],
  row: Float64Array,
  { inputs, reference }: ChangeSearch,
  isEnough: (changes: readonly ChangedColumn[]) => boolean,
): ChangedColumn[] {
  let best = changes;
  changes.forEach(({ position, to }, c) => {
    const bins = reference.inputs[position];
    const input = inputs[position];
    if (!("edges" in bins) || (input.kind === "numeric" && input.isFlag === true)) return;
    const isWhole = bins.edges.every(Number.isInteger) && Number.isInteger(row[position]);
    for (let step = 1; step < STEPS; step++) {
      const value = row[position] + (step / STEPS) * (to - row[position]);
      const tried = isWhole ? Math.round(value) : Number(value.toPrecision(3));
      if (tried === row[position]) continue;
      const change = { position, to: tried, distance: shareBetween(bins, row[position], tried) };
      const next = best.with(c, change);
      if (!isEnough(next)) continue;
      best = next;
      return;
    }
  });
  return best;
}
