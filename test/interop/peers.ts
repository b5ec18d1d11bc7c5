import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const FOLDER = fileURLToPath(new URL("node_modules/", import.meta.url));

/** A package of this folder's manifest. Its types are not known to the checks, which run where it is not installed. */
export async function peer<Module>(name: string): Promise<Module> {
  // A package of ES modules only is not found by `require`.
  const path = name === "arquero" ? `${FOLDER}${name}/src/index.js` : require.resolve(name);
  const module = (await import(pathToFileURL(path).href)) as { readonly default?: Module };
  return (module.default ?? module) as Module;
}

/** What the tests use of danfojs-node. */
export interface Danfo {
  readonly DataFrame: new (data: object, options?: object) => DanfoFrame;
  readonly Series: new (data: readonly unknown[], options?: object) => object;
}

export interface DanfoFrame {
  readonly $columns: string[];
  readonly $dtypes: string[];
  readonly values: unknown[][];
  addColumn(name: string, values: readonly unknown[], options?: object): DanfoFrame | undefined;
  query(mask: unknown): DanfoFrame;
  isNa(): { readonly values: boolean[][] };
}

/** What the tests use of nodejs-polars. */
export interface Polars {
  DataFrame(columns: object, options?: object): PolarsFrame;
  Series(name: string, values: readonly unknown[], type?: unknown): object;
  col(name: string): PolarsExpression;
  concat(frames: readonly PolarsFrame[], options?: object): PolarsFrame;
  readIPC(bytes: Uint8Array): PolarsFrame;
  readonly Categorical: unknown;
  readonly Date: unknown;
  readonly Datetime: (unit: string, zone?: string) => unknown;
  readonly Float32: unknown;
  readonly Int64: unknown;
  readonly Int32: unknown;
  readonly Decimal: (precision: number, scale: number) => unknown;
  readonly Utf8: unknown;
}

interface PolarsExpression {
  cast(type: unknown, strict?: boolean): PolarsExpression;
  alias(name: string): PolarsExpression;
}

export interface PolarsFrame {
  readonly columns: string[];
  readonly dtypes: readonly object[];
  readonly height: number;
  withColumns(...expressions: readonly unknown[]): PolarsFrame;
  toRecords(): Record<string, unknown>[];
  lazy(): object;
  getColumn(name: string): object;
  slice(from: number, count: number): PolarsFrame;
  filter(expression: unknown): PolarsFrame;
}

/** What the tests use of arquero. */
export interface Arquero {
  table(columns: object, names?: string[]): ArqueroTable;
  from(rows: readonly object[]): ArqueroTable;
  fromArrow(bytes: Uint8Array): ArqueroTable;
  desc(name: string): unknown;
  readonly op: Readonly<Record<string, (of: unknown) => unknown>>;
}

export interface ArqueroTable {
  numRows(): number;
  columnNames(): string[];
  column(name: string): ArrayLike<unknown>;
  objects(): Record<string, unknown>[];
  filter(of: (row: Record<string, number>) => boolean): ArqueroTable;
  orderby(...keys: readonly unknown[]): ArqueroTable;
  toArrowIPC(options?: object): Uint8Array;
  rollup(values: object): ArqueroTable;
}
