import type { DuckDBConnection } from "@duckdb/node-api";
import type { Pulse } from "../../progress.js";
import type { CodedText } from "../../table/resolve-column.js";
import type { FetchedColumn } from "./plan-columns.js";

/** The cells of one column: numbers (NaN where missing), codes (−1) or texts (null). */
export type FetchedCells = Float64Array | Int32Array | (string | null)[];

/** Fetches all rows of a relation from DuckDB, column by column. */
export async function fetchColumns(
  connection: DuckDBConnection,
  source: string,
  columns: readonly FetchedColumn[],
  rowCount: number,
  pulse: Pulse,
): Promise<FetchedCells[]> {
  const data = columns.map(({ holds }): FetchedCells => {
    if (holds === "text") return new Array<string | null>(rowCount).fill(null);
    return holds === "codes" ? new Int32Array(rowCount) : new Float64Array(rowCount);
  });
  const select = columns.map(({ expression }, i) => `${expression} AS c${i}`).join(", ");
  const result = await connection.stream(`SELECT ${select} FROM ${source}`);
  let row = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const { rowCount: count } = chunk;
    for (let i = 0; i < columns.length; i++) {
      const vector = chunk.getColumnVector(i);
      const target = data[i] as unknown[];
      for (let k = 0; k < count; k++) target[row + k] = vector.getItem(k);
    }
    row += count;
    pulse.report({ phase: "reading", done: row, total: rowCount });
    await pulse.beat();
  }
  return data;
}

/** DuckDB's order of distinct values depends on its threads; that of the rows does not. Rewrites the codes in place. */
export function byFirstAppearance(name: string, texts: readonly string[], codes: Int32Array): CodedText {
  const recoded = new Int32Array(texts.length).fill(-1);
  const ordered: string[] = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code < 0) continue;
    if (recoded[code] < 0) recoded[code] = ordered.push(texts[code]) - 1;
    codes[row] = recoded[code];
  }
  return { name, texts: ordered, codes };
}
