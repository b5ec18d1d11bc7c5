import { quoteLiteral } from "../../database/duckdb/session.js";
import { checkParquetFile, parquetSource } from "../../formats/parquet/source.js";
import type { FactDatabase } from "./fact-database.js";
import { type FoundSource, OPENED_BY } from "./fact-source.js";

/**
 * Parquet files, read where they lie. Of several, a column that some lack is missing there, and folders such as
 * `month=2025-01` are columns.
 */
export async function findParquet(
  database: FactDatabase,
  path: string,
  files: readonly string[],
): Promise<FoundSource> {
  for (const file of files) await checkParquetFile(file, { function: OPENED_BY, file });
  const isOne = files.length === 1 && files[0] === path;
  const relation = isOne
    ? parquetSource(path)
    : `read_parquet(${quoteLiteral(path)}, union_by_name = true, binary_as_string = true)`;
  const columns = await database.describe(`SELECT * FROM ${relation}`, { file: path });
  return {
    label: path,
    names: columns.map(({ name }) => name),
    store: async () => ({ relation, columns }),
  };
}
