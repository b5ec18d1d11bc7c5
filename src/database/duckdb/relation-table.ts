import type { DuckDBConnection } from "@duckdb/node-api";
import { HoldfastError, type Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { type ColumnPlan, columnPlans, type ReadingPlan } from "../../table/grammar/column-plan.js";
import { utcOf } from "../../table/grammar/dates/time-zone.js";
import { finishColumns } from "../../table/grammar/finish-columns.js";
import { numbersColumn } from "../../table/numbers-column.js";
import { codeTexts, type Place, resolveColumn } from "../../table/resolve-column.js";
import type { Column } from "../../table/table.js";
import { byFirstAppearance, type FetchedCells, fetchColumns } from "./fetch-columns.js";
import { type FetchedColumn, planFetchedColumns } from "./plan-columns.js";

/**
 * The columns of a relation, whose kinds all of its values decide. The relation is read several times and must not change.
 * @param source the SQL after FROM.
 * @param names of the columns, in the order of the relation.
 * @throws HoldfastError with all problems of types and values, and for a relation without rows.
 */
export async function relationColumns(
  connection: DuckDBConnection,
  source: string,
  names: readonly string[],
  options: LongWork & ReadingPlan,
  problems: Problems,
  place: Place,
): Promise<readonly Column[]> {
  const planOf = columnPlans(options);
  const { rowCount, columns } = await planFetchedColumns(connection, source, names, problems, place);
  problems.throwIfAny();
  if (rowCount === 0) throw noRows(place);
  const data = await fetchColumns(connection, source, columns, rowCount, new Pulse(options));
  const found = columns.map((column, i) =>
    finishColumn(names[i], column, data[i], planOf(names[i]), problems, place),
  );
  const finished = finishColumns(found, options, problems, place);
  problems.throwIfAny();
  return finished;
}

export function noRows(place: Place): HoldfastError {
  return new HoldfastError({
    code: "data.empty",
    path: place,
    expected: "must have rows",
    received: undefined,
  });
}

function finishColumn(
  name: string,
  { isDate = false, isLocal = false, texts = [] }: FetchedColumn,
  data: FetchedCells,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
): Column {
  if (Array.isArray(data)) return resolveColumn(codeTexts(name, data), plan, problems, place);
  if (data instanceof Int32Array)
    return resolveColumn(byFirstAppearance(name, texts, data), plan, problems, place);
  const toUtc = isLocal ? utcOf(plan.grammar) : undefined;
  return numbersColumn(name, toUtc === undefined ? data : data.map(toUtc), isDate, plan, problems, place);
}
