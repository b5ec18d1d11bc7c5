import { createRandom } from "../../src/random.js";

/** A column of the matrix: its type in databases, its kind in Arrow, and whether text needs its kind declared. */
export interface TypedColumn {
  readonly name: string;
  readonly sql: string;
  readonly arrow: "utf8" | "float64" | "int64" | "decimal" | "bool" | "day" | "microseconds";
}

/** A value as row objects and JSON have it: dates are ISO texts. */
export type TypedValue = string | number | boolean | null;
export type TypedRow = Readonly<Record<string, TypedValue>>;

/** A column of every kind. */
export const COLUMNS: readonly TypedColumn[] = [
  { name: "id", sql: "VARCHAR", arrow: "utf8" },
  { name: "tenure", sql: "INTEGER", arrow: "int64" },
  { name: "fee", sql: "DECIMAL(10,2)", arrow: "decimal" },
  { name: "usage", sql: "DOUBLE PRECISION", arrow: "float64" },
  { name: "partner", sql: "BOOLEAN", arrow: "bool" },
  { name: "paperless", sql: "VARCHAR", arrow: "utf8" },
  { name: "套餐", sql: "VARCHAR", arrow: "utf8" },
  { name: "code", sql: "SMALLINT", arrow: "int64" },
  { name: "since", sql: "DATE", arrow: "day" },
  { name: "last_login", sql: "TIMESTAMP", arrow: "microseconds" },
  { name: "points", sql: "BIGINT", arrow: "int64" },
  { name: "churn", sql: "VARCHAR", arrow: "utf8" },
];

/** What no source says by itself: that ids are no numbers, and that codes are categories. */
export const DECLARED = { id: "text", code: "categorical" } as const;

const PLANS = ["随心 5G", "Größe L", 'a "b", c', "Family"];

/** Rows with a value of every kind, and some missing. */
export function typedRows(count: number): TypedRow[] {
  const stream = createRandom(20, "typed rows");
  const random = () => stream.next();
  const below = (n: number) => Math.floor(random() * n);
  return Array.from({ length: count }, (_, row): TypedRow => {
    const sometimes = <Value>(value: Value) => (random() < 0.06 ? null : value);
    const tenure = below(72);
    const partner = random() < 0.5;
    const plan = PLANS[below(4)];
    const day = (offset: number) => new Date(Date.UTC(2018, 0, 1) + offset * 864e5).toISOString();
    const risk = (plan === "Family" ? 1.5 : 0) + (partner ? 1 : 0) - tenure / 30 + random();
    const seconds = below(86_400);
    return {
      id: `${String(row).padStart(5, "0")}`,
      tenure: sometimes(tenure),
      fee: sometimes(below(100_000) / 100),
      usage: sometimes(random() * 1000),
      partner: sometimes(partner),
      paperless: sometimes(random() < 0.5 ? "Yes" : "No"),
      套餐: sometimes(plan),
      code: sometimes(1 + below(3)),
      since: sometimes(day(below(2500)).slice(0, 10)),
      last_login: sometimes(
        `${day(2500 + below(300)).slice(0, 10)} ${new Date(seconds * 1000).toISOString().slice(11, 19)}.${String(below(1e6)).padStart(6, "0")}`,
      ),
      points: sometimes(2 ** 53 - 1 - below(1000)),
      churn: risk > 0.4 ? "Yes" : "No",
    };
  });
}

/** Rows as delimited text, missing values as empty fields. */
export function delimitedText(rows: readonly TypedRow[], delimiter: string): string {
  const names = COLUMNS.map(({ name }) => name);
  const field = (value: TypedValue) => (value === null ? "" : `"${String(value).replaceAll('"', '""')}"`);
  const lines = rows.map((row) => names.map((name) => field(row[name])).join(delimiter));
  return `${[names.join(delimiter), ...lines].join("\n")}\n`;
}

/** Rows as a list of SQL, each value cast from its text. */
export function sqlValues(rows: readonly TypedRow[]): string {
  const cell = (value: TypedValue, sql: string) =>
    value === null ? `NULL::${sql}` : `'${String(value).replaceAll("'", "''")}'::${sql}`;
  const lines = rows.map((row) => `(${COLUMNS.map(({ name, sql }) => cell(row[name], sql)).join(", ")})`);
  const names = COLUMNS.map(({ name }) => `"${name}"`).join(", ");
  return `(VALUES ${lines.join(",\n")}) AS typed(${names})`;
}
