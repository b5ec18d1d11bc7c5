import { CELL_KINDS } from "../table/cell-kinds.js";
import { type CellGrammar, grammarOf } from "../table/grammar/cell-grammar.js";
import { type CategoryReader, categoryReader } from "./category-codes.js";
import type { CategoricalInput, InputColumn } from "./input-column.js";

/** From a cell to what a model reads: a number or a code; NaN = missing; undefined for an unreadable cell. */
export type InputReader = (value: unknown) => number | undefined;

/** Reads single cells of an input to the same bits as the `Vectorizer` gives for a table of them. */
export function inputReader(input: InputColumn): InputReader {
  const grammar = grammarOfInput(input);
  if (input.kind !== "categorical") {
    const { read } = CELL_KINDS[input.kind];
    return (value) => read(value, grammar);
  }
  const { codeOf } = readerOfInput(input);
  return (value) => {
    const text = CELL_KINDS.categorical.read(value, grammar);
    if (text === undefined) return undefined;
    const code = codeOf(text);
    return code < 0 ? Number.NaN : code;
  };
}

/** How the cells of an input are read. */
export function grammarOfInput(input: InputColumn): CellGrammar {
  return grammarOf(input.reading, { isFlag: input.kind === "numeric" && input.isFlag });
}

/** How the categories of an input are read. */
export function readerOfInput(input: CategoricalInput): CategoryReader {
  return categoryReader({ ...input, grammar: grammarOfInput(input) });
}
