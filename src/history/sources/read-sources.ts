import { argumentProblem, HoldfastError, type Problem, Problems } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import { columnName } from "../../table/column-name.js";
import { type FactTableName, type StandardTable, standardTable } from "../standard-tables.js";
import type { FactDatabase } from "./fact-database.js";
import { type FactPlan, mayRepeat } from "./fact-plan.js";
import { DAYS, type FoundSource, type MappedSource, OPENED_BY, type StoredFacts } from "./fact-source.js";
import { findSource } from "./find-source.js";
import { type MappedColumn, mapColumns, wantedOf } from "./map-columns.js";
import { type PlanSource, planColumns } from "./plan-columns.js";
import { type HistoryFormats, mappingOf, timeRulesOf } from "./source-mapping.js";

/** Creates a relation for each source. All problems with files, columns and types are thrown together. */
export async function readSources(
  database: FactDatabase,
  given: readonly (readonly [FactTableName, MappedSource])[],
  reading: SourceReading,
): Promise<FactPlan[]> {
  const problems = new Problems();
  const namesRead = new Set<string>();
  let cause: unknown;
  const plans: FactPlan[] = [];
  for (const [name, mapped] of given) {
    try {
      const plan = await readSource(database, name, mapped, reading, namesRead, problems);
      if (plan !== undefined) plans.push(plan);
    } catch (error) {
      if (!(error instanceof HoldfastError) || !/^(?:argument|data)\./.test(error.code)) throw error;
      cause ??= error.cause;
      // Readers name themselves and the file; the caller needs the table and the function they called.
      for (const { path, ...problem } of error.problems) {
        problems.add({ ...problem, path: { argument: name, ...path, function: OPENED_BY } });
      }
    }
  }
  if (problems.count === 0) problems.add(...unknownColumns(reading.options, namesRead));
  if (problems.count > 0) {
    throw new HoldfastError(problems.list, problems.count, cause === undefined ? {} : { cause });
  }
  return plans;
}

/** What is given for columns that no source has. */
function unknownColumns(
  { columns = {}, exclude = [] }: SourceReading["options"],
  names: ReadonlySet<string>,
): Problem[] {
  const given = [
    ...Object.keys(columns).map((name): [string, string] => [`columns.${name}`, name]),
    ...exclude.map((name, i): [string, string] => [`exclude[${i}]`, name]),
  ];
  return given.flatMap(([argument, name]) => {
    if (names.has(columnName(name))) return [];
    const expected = "must be a column of one of the sources";
    return [argumentProblem(OPENED_BY, argument, expected, name, didYouMean(name, [...names]))];
  });
}

/** How the sources of a history are read. */
export interface SourceReading {
  readonly options: HistoryFormats & { readonly exclude?: readonly string[] | undefined };
  readonly zone: string | undefined;
  readonly isChecked: boolean;
}

/** Undefined when there are problems with its columns. @param namesRead where the names of its columns are added. */
async function readSource(
  database: FactDatabase,
  name: FactTableName,
  mapped: MappedSource,
  { options, zone, isChecked }: SourceReading,
  namesRead: Set<string>,
  problems: Problems,
): Promise<FactPlan | undefined> {
  const table = standardTable(name);
  const found = await findSource(database, name, mapped);
  for (const column of found.names) namesRead.add(columnName(column));
  const before = problems.count;
  const excluded = new Set(options.exclude?.map(columnName));
  const names = found.names.filter((each) => !excluded.has(columnName(each)));
  const mappedColumns = mapColumns(
    table,
    { ...found, names },
    mappingOf(mapped, options),
    problems,
    excluded,
  );
  if (problems.count > before) return undefined;
  const store = (columns: readonly MappedColumn[]) =>
    storeColumns(database, table, found, columns, isChecked);
  const first = await store(mappedColumns);
  const columns = zone === undefined ? mappedColumns : withDates(mappedColumns, found, first.stored);
  if (columns !== mappedColumns) await database.run(`DROP TABLE ${first.stored.relation}`);
  const { stored, textColumns } = columns === mappedColumns ? first : await store(columns);
  const rulesOf = (column: MappedColumn) => timeRulesOf(zone, column);
  const source = { found, stored, textColumns, rulesOf, isChecked };
  const plan = await planColumns(database, table, columns, source, problems);
  // How many rows a source has that is read only once is known at its end.
  const rowCount = found.isRepeatable === true ? (stored.rowCount ?? 1) : 1;
  database.pulse.report({ phase: `reading ${name}`, done: rowCount, total: rowCount });
  return problems.count > before ? undefined : plan;
}

/** Stores the columns of a source that are needed. */
async function storeColumns(
  database: FactDatabase,
  table: StandardTable,
  found: FoundSource,
  columns: readonly MappedColumn[],
  isChecked: boolean,
): Promise<Pick<PlanSource, "stored" | "textColumns">> {
  const wanted = wantedOf(columns);
  // Facts are compared in all columns, which a source that can't be read again must give at once.
  const isAll = isChecked && mayRepeat(table) && found.isRepeatable !== true;
  const rest = isAll ? found.names.filter((each) => !wanted.names.includes(each)) : [];
  const names = [...wanted.names, ...rest];
  const relation = database.nameOf(`${table.relation}_as_given`);
  const stored = await found.store(relation, { names, asText: new Set([...wanted.asText, ...rest]) });
  return { stored, textColumns: wanted.asText };
}

/** Attributes that were found to be dates as columns of days: their texts say whether their times have an offset. */
function withDates(
  columns: readonly MappedColumn[],
  { findsKinds }: FoundSource,
  { columns: found }: StoredFacts,
): readonly MappedColumn[] {
  const isDate = ({ kind, own }: MappedColumn) =>
    kind === undefined && found.some(({ name, type }) => name === own && type === DAYS);
  if (findsKinds !== true || !columns.some(isDate)) return columns;
  return columns.map((column) => (isDate(column) ? { ...column, kind: "day" } : column));
}
