/** Whether something is a data frame of another package: danfojs, Arrow, Polars, arquero, or a result of DuckDB. Cheap. */
export function isFrame(value: object): boolean {
  const { $columns, schema, numRows, writeIPC, columnNames, columnTypes } = value as Readonly<
    Record<string, unknown>
  >;
  if (Array.isArray($columns) || typeof writeIPC === "function") return true;
  if (typeof columnNames === "function")
    return typeof numRows === "function" || typeof columnTypes === "function";
  return typeof schema === "object" && schema !== null && typeof numRows === "number";
}
