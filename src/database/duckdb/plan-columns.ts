import type { DuckDBConnection } from "@duckdb/node-api";
import type { Problems } from "../../errors.js";
import { typeProblem } from "../../table/column-names.js";
import type { Place } from "../../table/resolve-column.js";
import { quoteIdentifier } from "./session.js";
import {
  daysSql,
  isDayType,
  isLocalTime,
  isNumberType,
  LARGE_INTEGERS,
  numberSql,
  TEXTS,
  truthSql,
} from "./types.js";

/** How one column of a relation is fetched. */
export interface FetchedColumn {
  /** SQL whose result is never NULL for numbers (NaN) and codes (−1). */
  readonly expression: string;
  readonly holds: "numbers" | "codes" | "text";
  readonly isDate?: boolean;
  /** Whether its dates are times without a zone, which are of the zone that the caller names, else UTC. */
  readonly isLocal?: boolean;
  /** The texts of the codes. */
  readonly texts?: readonly string[];
  /** The ENUM of these texts that the expression needs. */
  readonly enumType?: string;
}

/** Above this many distinct texts (estimated) building an ENUM costs more than fetching the strings. */
const ENUM_LIMIT = 100_000;

/** Plans the columns by their types, and by their values where those decide the kind. Columns of no known kind are problems. */
export async function planFetchedColumns(
  connection: DuckDBConnection,
  source: string,
  names: readonly string[],
  problems: Problems,
  place: Place,
): Promise<{ rowCount: number; columns: FetchedColumn[] }> {
  const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)).getRows();
  const types = described.map((row) => String(row[1]));
  const identifiers = described.map((row) => quoteIdentifier(String(row[0])));
  const measures = types.map((type, i) => {
    if (TEXTS.test(type)) return `approx_count_distinct(${identifiers[i]}::VARCHAR)`;
    if (!LARGE_INTEGERS.test(type)) return "0";
    const bound = "9007199254740992";
    return `coalesce((min(${identifiers[i]}) < -${bound} OR max(${identifiers[i]}) > ${bound})::INTEGER, 0)`;
  });
  const counted = await connection.runAndReadAll(`SELECT count(*), ${measures.join(", ")} FROM ${source}`);
  const [rowCount, ...measured] = counted.getRows()[0].map(Number);

  const columns: FetchedColumn[] = [];
  for (let i = 0; i < types.length; i++) {
    const identifier = identifiers[i];
    const column =
      plainColumn(types[i], identifier, measured[i] > 0) ??
      (TEXTS.test(types[i]) ? await textPlan(connection, source, identifier, i, measured[i]) : undefined);
    if (column === undefined) problems.add(typeProblem(names[i], types[i], place));
    else columns.push(column);
  }
  return { rowCount, columns };
}

function plainColumn(type: string, identifier: string, isTooLarge: boolean): FetchedColumn | undefined {
  const numbers = (expression: string): FetchedColumn => {
    return { expression: `coalesce(${expression}, 'nan'::DOUBLE)`, holds: "numbers" };
  };
  if (isTooLarge && LARGE_INTEGERS.test(type)) return { expression: `${identifier}::VARCHAR`, holds: "text" };
  if (isNumberType(type)) return numbers(numberSql(type, identifier));
  if (type === "BOOLEAN")
    return { expression: truthSql(identifier), holds: "codes", texts: ["false", "true"] };
  if (!isDayType(type)) return undefined;
  return { ...numbers(daysSql(type, identifier)), isDate: true, isLocal: isLocalTime(type) };
}

async function textPlan(
  connection: DuckDBConnection,
  source: string,
  identifier: string,
  index: number,
  distinctCount: number,
): Promise<FetchedColumn> {
  const text = `${identifier}::VARCHAR`;
  if (distinctCount === 0) return { expression: "(-1)::INTEGER", holds: "codes", texts: [] };
  if (distinctCount > ENUM_LIMIT) return { expression: text, holds: "text" };
  const type = `texts_${index}`;
  await connection.run(
    `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT ${text} FROM ${source} WHERE ${identifier} IS NOT NULL)`,
  );
  const values = await connection.runAndReadAll(`SELECT unnest(enum_range(NULL::${type}))::VARCHAR`);
  return {
    expression: `coalesce(enum_code(${text}::${type})::INTEGER, -1)`,
    holds: "codes",
    enumType: type,
    texts: values.getRows().map(([value]) => String(value)),
  };
}
