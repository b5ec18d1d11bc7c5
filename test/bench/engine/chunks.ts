import { readTableChunks } from "../../../src/formats/read-chunks.js";
import type { Column, NumericColumn } from "../../../src/table/table.js";
import type { TrainingChunks } from "../../../src/trees/binning/training-chunks.js";
import type { Feature } from "../../../src/vectors/vectors.js";

/** What the column of labels is called in the Parquet file. */
export const LABEL = "churned";

/** A Parquet file as training rows: every column but the label is a feature. */
export async function chunksOf(path: string): Promise<TrainingChunks> {
  const table = await readTableChunks(path);
  return {
    rowCount: table.rowCount,
    async *chunks() {
      for await (const { rowCount, columns } of table.chunks()) {
        const features = columns.filter(({ name }) => name !== LABEL).map(featureOf);
        const label = columns.find(({ name }) => name === LABEL) as NumericColumn;
        yield { vectors: { rowCount, features }, labels: label.values };
      }
    },
  };
}

function featureOf(column: Column): Feature {
  if (column.kind === "numeric") return column;
  if (column.kind === "text") throw new Error(`column ${column.name} is text`);
  return { kind: "categorical", name: column.name, codes: column.codes, levels: column.categories };
}
