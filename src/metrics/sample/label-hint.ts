import { labelMeaning } from "../../table/labels/label-meaning.js";
import { hintOfType } from "./number-list.js";

/** Different labels that are looked at. */
const MOST_LABELS = 1000;

/** What to do about a label that is no number: which call makes 0 and 1 of the labels. */
export function hintOfLabel(label: unknown, labels: ArrayLike<unknown>): string | undefined {
  const byType = hintOfType("labels", label);
  if (typeof label !== "string" || byType !== undefined) return byType;
  return hintOfValues(rowsOfEach(labels, (each) => typeof each === "string"));
}

/**
 * Why numbers are no labels, where it is the same in all rows: scores in their place, or two other numbers, such as −1 and
 * 1, in the place of 0 and 1. Undefined where it is not.
 * @param order what comes first, as a clause.
 */
export function causeOfNumbers(
  labels: ArrayLike<unknown>,
  scores: ArrayLike<unknown>,
  order: string,
): string | undefined {
  for (let row = 0; row < labels.length; row++) {
    if (typeof labels[row] !== "number" || !Number.isFinite(labels[row])) return undefined;
  }
  if (areLabels(scores)) return order;
  const values = rowsOfEach(labels, () => true);
  return values.size === 2 ? hintOfValues(values) : undefined;
}

/** Which call makes 0 and 1 of two values; of both values, the rarer first, where it is not certain which means churned. */
function hintOfValues(rowsOf: ReadonlyMap<string | number, number>): string {
  const values = [...rowsOf.keys()];
  if (values.length !== 2) return "labels have two values: 1 for churned, 0 for stayed";
  const meaning = labelMeaning([String(values[0]), String(values[1])], undefined);
  if (meaning !== undefined) return `make 0 and 1 of them: ${zeroAndOne(values[meaning.churned])}`;
  const calls = [...rowsOf].sort(([, a], [, b]) => a - b).map(([value]) => zeroAndOne(value));
  return `say which value means churned: ${calls.join(" or ")}`;
}

function rowsOfEach(
  labels: ArrayLike<unknown>,
  isMeant: (label: unknown) => boolean,
): Map<string | number, number> {
  const rowsOf = new Map<string | number, number>();
  for (let row = 0; row < labels.length && rowsOf.size < MOST_LABELS; row++) {
    const label = labels[row] as string | number;
    if (isMeant(label)) rowsOf.set(label, (rowsOf.get(label) ?? 0) + 1);
  }
  return rowsOf;
}

function zeroAndOne(churned: string | number): string {
  return `labels.map((label) => (label === ${JSON.stringify(churned)} ? 1 : 0))`;
}

function areLabels(list: ArrayLike<unknown>): boolean {
  for (let row = 0; row < list.length; row++) if (list[row] !== 0 && list[row] !== 1) return false;
  return list.length > 0;
}
