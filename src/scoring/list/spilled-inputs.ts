import type { ChurnModel } from "../../predict/churn-model.js";
import type { Column, Table } from "../../table/table.js";
import type { InputColumn } from "../../vectors/input-column.js";
import { cellsOfTable } from "../../vectors/input-details.js";
import type { Vectorizer } from "../../vectors/vectorizer.js";
import type { Feature, Vectors } from "../../vectors/vectors.js";
import { type CellOfRow, otherCategories } from "../reasons/reasoned-blocks.js";
import type { SpilledRows } from "./spill.js";

/** The texts of a row that are only coded as another category, as JSON: pairs of position and text. No score has this name. */
const OTHERS = "other categories";

const nameOf = (position: number) => `feature ${position}`;

/** The vectors of a batch as columns, to be put aside with its scores: reasons are given when the list is drawn. */
export function inputColumns(
  vectors: Vectors,
  inputs: readonly InputColumn[],
  cellOfRow: CellOfRow,
): Column[] {
  const { features, rowCount } = vectors;
  const others = new Array<[position: number, text: string][] | null>(rowCount).fill(null);
  for (const [row, position, text] of otherCategories(vectors, inputs, cellOfRow)) {
    const ofRow = others[row] ?? [];
    others[row] = ofRow;
    ofRow.push([position, text]);
  }
  const values = others.map((ofRow) => (ofRow === null ? null : JSON.stringify(ofRow)));
  return [...features.map(columnOf), { kind: "text", name: OTHERS, values }];
}

/** {@link inputColumns} of a table, as it was read. */
export function inputsAside({ inputs }: ChurnModel, vectors: Vectors, table: Table): Column[] {
  return inputColumns(vectors, inputs, cellsOfTable(inputs, table));
}

function columnOf(feature: Feature, position: number): Column {
  const name = nameOf(position);
  return feature.kind === "numeric"
    ? { kind: "numeric", name, values: feature.values }
    : { kind: "categorical", name, codes: feature.codes, categories: [] };
}

/** What was put aside. @param like the features of no rows */
export function spilledInputs(
  rows: SpilledRows,
  like: Vectors,
): { readonly vectors: Vectors; readonly cellOfRow: CellOfRow } {
  const features = like.features.map((feature, position): Feature => {
    const name = nameOf(position);
    return feature.kind === "numeric"
      ? { ...feature, values: rows.numbers(name) }
      : { ...feature, codes: rows.codes(name) };
  });
  let othersOf: ((row: number) => string | null) | undefined;
  const cellOfRow: CellOfRow = (position, row) => {
    // Few rows are asked for.
    othersOf ??= rows.textsOneByOne(OTHERS);
    const others = JSON.parse(othersOf(row) ?? "[]") as [position: number, text: string][];
    return others.find(([at]) => at === position)?.[1];
  };
  return { vectors: { rowCount: rows.rowCount, features }, cellOfRow };
}

/** The features of no rows. */
export function noVectors({ columns, totals }: Vectorizer): Vectors {
  const features = [
    ...columns.map(
      (input): Feature =>
        input.kind === "categorical"
          ? { kind: "categorical", name: input.name, codes: new Int32Array(), levels: input.levels }
          : { kind: "numeric", name: input.name, values: new Float64Array() },
    ),
    ...totals.map(({ name }): Feature => ({ kind: "numeric", name, values: new Float64Array() })),
  ];
  return { rowCount: 0, features };
}
