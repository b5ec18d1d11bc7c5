import { type OptionNames, optionProblems } from "../../arguments.js";
import { connectionProblems } from "../../database/postgres/connection.js";
import { argumentProblem, optionText, type Problem, Problems } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import { tableProblem } from "../../table/check-table.js";
import { CELL_FORMAT_OPTIONS } from "../../table/grammar/cell-format.js";
import { cellFormatProblems } from "../../table/grammar/check-cell-format.js";
import { FACT_TABLE_NAMES, type FactTableName, standardTable } from "../standard-tables.js";
import {
  type DuckDBSource,
  type HistorySources,
  isTable,
  type MappedSource,
  type NamedColumn,
  OPENED_BY,
  type PostgresSource,
} from "./fact-source.js";

const MAPPED: OptionNames<MappedSource> = {
  source: "required",
  columns: "optional",
  format: "optional",
  encoding: "optional",
  delimiter: "optional",
  absentMonths: "optional",
  ...CELL_FORMAT_OPTIONS,
};
const NAMED: OptionNames<NamedColumn> = { name: "optional", ...CELL_FORMAT_OPTIONS };
const DUCKDB: OptionNames<DuckDBSource> = { duckdb: "required", database: "optional" };
const POSTGRES: OptionNames<PostgresSource> = { postgres: "required", connection: "optional" };

/** How the facts of files are read; other sources have none of it. */
const OF_FILES = ["format", "encoding", "delimiter"] as const;

const EXPECTED = "must be a path, a table, rows, { duckdb: query } or { postgres: query }";

/**
 * Makes sure that an argument has the form of the sources of a history.
 * @throws HoldfastError with every table that is no standard one, and everything that is wrong with the sources.
 */
export function checkSources(sources: unknown): asserts sources is HistorySources {
  const problems = new Problems();
  const whole = wholeProblem(sources);
  if (whole !== undefined) {
    problems.add(whole);
    problems.throwIfAny();
  }
  const given = Object.entries(sources as Readonly<Record<string, unknown>>);
  for (const [table, source] of given) {
    if (!FACT_TABLE_NAMES.some((name) => name === table)) {
      const isTruth = table === "truth" && typeof source === "object";
      const hint = isTruth
        ? "leave it out: const { truth, ...tables } = operator"
        : didYouMean(table, FACT_TABLE_NAMES);
      const expected = `must be a table of a history: ${FACT_TABLE_NAMES.join(", ")}`;
      problems.add(argumentProblem(OPENED_BY, table, expected, undefined, hint));
    } else if (source !== undefined) problems.add(...sourceProblems(table, source));
  }
  if (given.every(([table, source]) => table !== "subscribers" || source === undefined)) {
    const path = { function: OPENED_BY, argument: "subscribers" };
    problems.add({ code: "argument.missing", path, expected: "must be given", received: undefined });
  }
  problems.throwIfAny();
}

/** What is wrong with the sources as a whole. */
function wholeProblem(sources: unknown): Problem | undefined {
  const fail = (hint: string, received: unknown) => {
    const expected = "must be the path of a folder, or an object with a source for each table";
    return argumentProblem(OPENED_BY, "sources", expected, received, hint);
  };
  const example = "write { subscribers: …, usage: … }";
  if (typeof sources !== "object" || sources === null) return fail(example, sources);
  if (Array.isArray(sources)) return fail("write { subscribers: rows }", "an array");
  if (isTable(sources as never)) return fail("write { subscribers: table }", "a Table");
  if ("then" in sources) return fail("await it first", "a promise");
  if ("source" in sources || "duckdb" in sources || "postgres" in sources) {
    return fail("{ subscribers: { … } } says which table it is", "a single source");
  }
  return undefined;
}

function sourceProblems(table: string, source: unknown): Problem[] {
  const fail = (argument: string, received: unknown, hint?: string, expected = EXPECTED): Problem[] => [
    argumentProblem(OPENED_BY, argument, expected, received, hint),
  ];
  if (typeof source === "string") return source === "" ? fail(table, source) : [];
  if (Array.isArray(source)) {
    const wrong = source.findIndex((row) => typeof row !== "object" || row === null || Array.isArray(row));
    if (wrong < 0) return [];
    const isFiles = source.every((row) => typeof row === "string");
    const hint = isFiles ? "name several files by a pattern, such as usage-*.parquet" : undefined;
    return fail(`${table}[${wrong}]`, source[wrong], hint, "must be a row object");
  }
  if (typeof source !== "object" || source === null) return fail(table, source);
  if ("then" in source) return fail(table, "a promise", "await it first");
  if (isTable(source as never)) return tableProblemsOf(table, source);
  if ("source" in source) return mappedProblems(table, source);
  if ("duckdb" in source) return queryProblems(table, source, "duckdb", DUCKDB);
  if ("postgres" in source) return queryProblems(table, source, "postgres", POSTGRES);
  const wrong = optionProblems(OPENED_BY, source, MAPPED, table).filter(({ hint }) => hint !== undefined);
  return wrong.length > 0 ? wrong : fail(table, source);
}

/** A table is recognised by its number of rows. */
function tableProblemsOf(table: string, source: unknown): Problem[] {
  const problem = tableProblem(OPENED_BY, table, source);
  return problem === undefined ? [] : [problem];
}

function mappedProblems(table: string, mapped: object): Problem[] {
  const problems = optionProblems(OPENED_BY, mapped, MAPPED, table);
  if (problems.length > 0) return problems;
  const { source, columns } = mapped as MappedSource;
  const isColumns = typeof columns === "object" && columns !== null && !Array.isArray(columns);
  if (columns !== undefined && !isColumns) {
    const expected = "must be an object of standard names and the source's own names";
    const hint = `write ${optionText("columns", { subscriber_id: "customer" })}`;
    return [argumentProblem(OPENED_BY, `${table}.columns`, expected, columns, hint)];
  }
  const wrong = [
    ...Object.entries(columns ?? {}).flatMap(([name, own]) => namedProblems(table, name, own)),
    ...cellFormatProblems(OPENED_BY, table, mapped as MappedSource),
    ...absentMonthsProblems(table, (mapped as MappedSource).absentMonths),
  ];
  if (wrong.length > 0) return wrong;
  if (typeof source === "object" && source !== null && "source" in source && !isTable(source as never)) {
    return [argumentProblem(OPENED_BY, `${table}.source`, `${EXPECTED}, not a further source`, source)];
  }
  const inner = sourceProblems(`${table}.source`, source);
  if (inner.length > 0 || typeof source === "string") return inner;
  return OF_FILES.filter((name) => (mapped as MappedSource)[name] !== undefined).map((name) => {
    const expected = "must be left out where the source is no file";
    return argumentProblem(OPENED_BY, `${table}.${name}`, expected, (mapped as MappedSource)[name]);
  });
}

/** What is wrong with a column of a mapping: its name, or its name and how its cells are written. */
function namedProblems(table: string, name: string, own: unknown): Problem[] {
  const place = `${table}.columns.${name}`;
  if (typeof own === "string") return [];
  if (typeof own !== "object" || own === null || Array.isArray(own)) {
    const expected = "must be the name of a column, or its name and how its cells are written";
    const hint = `write ${optionText("columns", { [name]: { name: "own name", dateFormat: "dd.MM.yyyy" } })}`;
    return [argumentProblem(OPENED_BY, place, expected, own, hint)];
  }
  const ofOptions = optionProblems(OPENED_BY, own, NAMED, place);
  if (ofOptions.length > 0) return ofOptions;
  const named = own as NamedColumn;
  const isText = named.name === undefined || typeof named.name === "string";
  if (!isText)
    return [argumentProblem(OPENED_BY, `${place}.name`, "must be the name of a column", named.name)];
  const standard = standardTable(table as FactTableName).columns.find((column) => column.name === name);
  return cellFormatProblems(OPENED_BY, place, named, standard?.kind === "month");
}

function absentMonthsProblems(table: string, absentMonths: unknown): Problem[] {
  if (absentMonths === undefined) return [];
  const place = `${table}.absentMonths`;
  if (standardTable(table as FactTableName).time.shape !== "month") {
    const expected = "must be left out: only usage and billing have months";
    return [argumentProblem(OPENED_BY, place, expected, absentMonths)];
  }
  if (absentMonths === "zero" || absentMonths === "unknown") return [];
  return [argumentProblem(OPENED_BY, place, 'must be "zero" or "unknown"', absentMonths)];
}

/** Mapping and format belong beside a query, not in it. */
function queryProblems(
  table: string,
  source: object,
  name: "duckdb" | "postgres",
  names: Readonly<Record<string, "optional" | "required">>,
): Problem[] {
  const query = (source as Readonly<Record<string, unknown>>)[name];
  if (typeof query !== "string" || query.trim() === "") {
    return [argumentProblem(OPENED_BY, `${table}.${name}`, "must be a query, one SELECT", query)];
  }
  const ofOptions = optionProblems(OPENED_BY, source, names, table).map((problem) => {
    const { argument = "" } = problem.path;
    if (!Object.hasOwn(MAPPED, argument.slice(table.length + 1))) return problem;
    const option = argument.slice(table.length + 1);
    return { ...problem, hint: `write { source: { ${name}: … }, ${option}: … }` };
  });
  const { connection } = source as { readonly connection?: unknown };
  return name === "postgres"
    ? [...ofOptions, ...connectionProblems(OPENED_BY, `${table}.connection`, connection)]
    : ofOptions;
}
