import { attempt, type Problem, Problems } from "../errors.js";
import type { ModelContent } from "../model-file/churn/content.js";
import { type Column, cellOf, findColumn, placeOf, type Table } from "../table/table.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import type { Vectors } from "../vectors/vectors.js";
import { formatOfColumn } from "./column-format.js";
import type { Scorer } from "./scorer.js";

/** What predictions are made of, one per row. */
export interface PredictedRows {
  /** Null where the model has no id column. */
  readonly ids: readonly (string | null)[] | null;
  /** The classifier's, not yet calibrated. */
  readonly margins: Float64Array;
  /** Undefined where the model has no value column. */
  readonly values: Float64Array | undefined;
  /** What the margins were computed from. */
  readonly vectors: Vectors;
}

/** Reads a table for prediction. @throws HoldfastError with all problems of ids, values and features. */
export function rowsOfTable(
  content: Pick<ModelContent, "id" | "value" | "inputs" | "readings">,
  { classifier, vectorizer }: Scorer,
  table: Table,
): PredictedRows {
  const { id, value } = content;
  const problems = new Problems();
  const column = id === null ? undefined : idColumn(table, id, problems);
  const values =
    value === null
      ? undefined
      : attempt(problems, () => valuesOf(table, value, formatOfColumn(content, value)));
  const vectors = vectorizer.transform(table, problems);
  const margins = classifier.margin(vectors);
  const ids =
    column === undefined ? null : Array.from(margins, (_, row) => idOf(cellOf(column, row)) ?? null);
  return { ids, margins, values, vectors };
}

/** An id as predictions give it: a text, a number, or missing; undefined for anything else. */
export function idOf(id: unknown): string | null | undefined {
  if (typeof id === "string") return id;
  if (id === undefined || id === null || Number.isNaN(id)) return null;
  return Number.isFinite(id) || typeof id === "bigint" ? String(id) : undefined;
}

/** The problem of a value that is no id. @param column its name */
export function idProblem(column: string, received: unknown): Problem {
  return {
    code: "data.wrong-type",
    path: { column },
    expected: "must be an id, a text or a number",
    received,
  };
}

function idColumn(table: Table, name: string, problems: Problems): Column | undefined {
  const column = findColumn(table, name);
  if (column === undefined) {
    problems.add({
      code: "data.missing-column",
      path: { ...placeOf(table), column: name },
      expected: "must be there: it is the id the model was trained with",
      received: undefined,
    });
  }
  return column;
}
