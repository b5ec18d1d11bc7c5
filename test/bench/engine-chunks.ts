import { BinnedData } from "../../src/classifiers/boosting/binned-data.js";
import { type FeatureFacts, planBins, SAMPLED_ROWS } from "../../src/classifiers/boosting/binned-feature.js";
import { Pulse } from "../../src/progress.js";
import { createRandom } from "../../src/random.js";
import { readTableChunks } from "../../src/table/read-chunks.js";
import type { Column, NumericColumn } from "../../src/table/table.js";
import type { Feature } from "../../src/vectors/vectors.js";
import { LEAST_ROWS_IN_BIN } from "./engine-holdfast.js";

/** What the column of labels is called in the Parquet file. */
export const LABEL = "churned";

/** Bins a Parquet file in two passes, a sample for the cut points and then all rows; it never stands as numbers. */
export async function binChunks(
  path: string,
  threads: number,
): Promise<{ data: BinnedData; labels: Uint8Array }> {
  const { columns, rowCount, chunks } = await readTableChunks(path);
  const labels = new Uint8Array(rowCount);
  const isSampled = sampler(rowCount);
  const names = columns.map(({ name }) => name).filter((name) => name !== LABEL);
  const samples = names.map((): number[] => []);
  const hasMissing = new Uint8Array(names.length);
  let levels: (readonly string[])[] = [];
  let firstRow = 0;
  for await (const chunk of chunks()) {
    const features = chunk.columns.filter(({ name }) => name !== LABEL);
    const label = chunk.columns.find(({ name }) => name === LABEL) as NumericColumn;
    labels.set(label.values, firstRow);
    const sampled = Int32Array.from({ length: chunk.rowCount }, (_, row) => row).filter((row) =>
      isSampled(firstRow + row),
    );
    features.forEach((column, f) => {
      if (lacksValues(column)) hasMissing[f] = 1;
      if (column.kind !== "numeric") return;
      for (const row of sampled) {
        const value = column.values[row];
        if (!Number.isNaN(value)) samples[f].push(value);
      }
    });
    levels = features.map((column) => (column.kind === "categorical" ? column.categories : []));
    firstRow += chunk.rowCount;
  }
  const facts = columns
    .filter(({ name }) => name !== LABEL)
    .map(
      ({ name, kind }, f): FeatureFacts => ({
        name,
        kind: kind === "numeric" ? kind : "categorical",
        hasMissing: hasMissing[f] === 1,
        sample: Float64Array.from(samples[f]),
        levelCount: levels[f].length,
        hasOther: false,
      }),
    );
  samples.length = 0;
  const { features, columnCount } = planBins(facts, 255, LEAST_ROWS_IN_BIN);
  const data = await BinnedData.allocate(rowCount, features, columnCount, {
    memberCount: threads,
    hasWeights: false,
  });
  const pulse = new Pulse();
  firstRow = 0;
  for await (const chunk of chunks()) {
    const vectors = chunk.columns
      .filter(({ name }) => name !== LABEL)
      .map((column, f) => featureOf(column, levels[f]));
    await data.fillChunk({ rowCount: chunk.rowCount, features: vectors }, firstRow, pulse);
    firstRow += chunk.rowCount;
  }
  await data.interleave();
  return { data, labels };
}

/** Says of rows, asked from the first to the last, whether they are drawn: one out of each of equal stretches. */
function sampler(rowCount: number): (row: number) => boolean {
  const random = createRandom(0, "engine chunks");
  const step = Math.max(1, rowCount / SAMPLED_ROWS);
  let stretch = 0;
  let next = Math.floor(random.next() * step);
  return (row) => {
    if (row < next) return false;
    stretch++;
    next = Math.floor((stretch + random.next()) * step);
    return true;
  };
}

function lacksValues(column: Column): boolean {
  return column.kind === "categorical"
    ? column.codes.includes(-1)
    : column.values.some((value) => Number.isNaN(value));
}

function featureOf(column: Column, levels: readonly string[]): Feature {
  if (column.kind === "numeric") return column;
  if (column.kind === "text") throw new Error(`column ${column.name} is text`);
  return { kind: "categorical", name: column.name, codes: column.codes, levels };
}
