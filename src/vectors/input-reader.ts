import { CELL_KINDS } from "../table/cell-kinds.js";
import { categoryCodes } from "./category-codes.js";
import type { InputColumn } from "./vectorizer.js";

/** From a cell to what a model reads: a number or a code; NaN = missing; undefined for an unreadable cell. */
export type InputReader = (value: unknown) => number | undefined;

/** Reads single cells of an input to the same bits as the `Vectorizer` gives for a table of them. */
export function inputReader(input: InputColumn): InputReader {
  if (input.kind !== "categorical") return CELL_KINDS[input.kind].read;
  const codeOf = categoryCodes(input.levels);
  return (value) => {
    const text = CELL_KINDS.categorical.read(value);
    if (text === undefined) return undefined;
    const code = codeOf(text);
    return code < 0 ? Number.NaN : code;
  };
}
