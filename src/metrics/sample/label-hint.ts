import { meansChurned } from "../../table/text-rules.js";
import { hintOfType } from "./number-list.js";

/** Different texts that are looked at. */
const MOST_TEXTS = 1000;

/** What to do about a label that is no number: which call makes 0 and 1 of the labels. */
export function hintOfLabel(label: unknown, labels: ArrayLike<unknown>): string | undefined {
  const byType = hintOfType("labels", label);
  if (typeof label !== "string" || byType !== undefined) return byType;
  const texts = new Set<string>();
  for (let row = 0; row < labels.length && texts.size < MOST_TEXTS; row++) {
    const text = labels[row];
    if (typeof text === "string") texts.add(text);
  }
  const churned = [...texts].find(meansChurned);
  return churned === undefined
    ? `say which value means churned, such as ${zeroAndOne(label)}`
    : `make 0 and 1 of them: ${zeroAndOne(churned)}`;
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
  const values = new Set<number>();
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (typeof label !== "number" || !Number.isFinite(label)) return undefined;
    if (values.size < 3) values.add(label);
  }
  if (areLabels(scores)) return order;
  return values.size === 2 ? `make 0 and 1 of them: ${zeroAndOne(Math.max(...values))}` : undefined;
}

function zeroAndOne(churned: string | number): string {
  return `labels.map((label) => (label === ${JSON.stringify(churned)} ? 1 : 0))`;
}

function areLabels(list: ArrayLike<unknown>): boolean {
  for (let row = 0; row < list.length; row++) if (list[row] !== 0 && list[row] !== 1) return false;
  return list.length > 0;
}
