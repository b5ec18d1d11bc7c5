import { HoldfastError, Problems } from "../errors.js";
import type { ModelContent } from "../model-file/churn/content.js";
import type { Row } from "./row-reader.js";

/** Far beyond rounding, far below anything that matters. */
const TOLERANCE = 1e-6;

/** @throws HoldfastError `model.invalid` with every parity row whose prediction differs from that of training. */
export function checkParity(
  { parity }: Pick<ModelContent, "parity">,
  predictOne: (row: Row) => { readonly probability: number },
  file: string,
): void {
  const problems = new Problems();
  parity.forEach(({ row, probability }, r) => {
    const found = probabilityOf(predictOne, row);
    if (Math.abs(found - probability) <= TOLERANCE) return;
    problems.add({
      code: "model.invalid",
      path: { file, argument: `parity.${r}` },
      expected: `must predict the same as when it was trained, ${probability}`,
      received: found,
    });
  });
  problems.throwIfAny();
}

function probabilityOf(predictOne: (row: Row) => { readonly probability: number }, row: Row): number {
  try {
    return predictOne(row).probability;
  } catch (error) {
    if (error instanceof HoldfastError) return Number.NaN;
    throw error;
  }
}
