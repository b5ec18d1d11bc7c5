import * as arrow from "apache-arrow";
import { createRandom } from "../../../src/random.js";
import {
  type Arquero,
  type ArqueroTable,
  type Danfo,
  type DanfoFrame,
  type Polars,
  peer,
} from "../../interop/peers.js";

/** A frame, how its values are read once, and the buffers that a table could share. */
export interface Benched {
  readonly frame: object;
  /** A sum over all values, so that each is read. */
  read(): number;
  /** Reads each value once and keeps it in an array of its column, which is the least that a conversion has to do. */
  keep?(): object;
  buffersOf(): ReadonlySet<ArrayBufferLike>;
}

const NUMBERS = 16;
const TEXTS = 4;
const NO_BUFFERS: ReadonlySet<ArrayBufferLike> = new Set();

/** 16 columns of numbers, of which every fourth has missing values, and 4 of texts with 5, 50, 500 and 5,000 different ones. */
function columnsOf(rows: number): Map<string, Float64Array | string[]> {
  const random = createRandom(27, "frames");
  const columns = new Map<string, Float64Array | string[]>();
  for (let c = 0; c < NUMBERS; c++) {
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++)
      values[row] = c % 4 === 3 && random.next() < 0.05 ? Number.NaN : Math.round(random.next() * 1e5) / 100;
    columns.set(`x${c}`, values);
  }
  for (let c = 0; c < TEXTS; c++) {
    const levels = Array.from({ length: 5 * 10 ** c }, (_, level) => `level ${level}`);
    columns.set(
      `c${c}`,
      Array.from({ length: rows }, () => levels[Math.floor(random.next() * levels.length)]),
    );
  }
  return columns;
}

function plainArrays(rows: number): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    [...columnsOf(rows)].map(([name, values]) => [
      name,
      Array.from(values as ArrayLike<number | string>, (value) =>
        typeof value === "number" && Number.isNaN(value) ? null : value,
      ),
    ]),
  );
}

/** What a value adds to the sum. */
function worth(value: unknown): number {
  if (typeof value === "number") return Number.isNaN(value) ? 0 : value;
  return typeof value === "string" ? value.length : 0;
}

function sumOf(values: ArrayLike<unknown>): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += worth(values[row]);
  return sum;
}

/** Numbers in typed arrays, texts in arrays. */
function keptRows(rows: readonly (readonly unknown[])[]): object {
  const columns = rows[0].map((first) =>
    typeof first === "string" ? new Array<unknown>(rows.length) : new Float64Array(rows.length),
  );
  for (let row = 0; row < rows.length; row++) {
    const cells = rows[row];
    for (let c = 0; c < cells.length; c++) columns[c][row] = (cells[c] ?? Number.NaN) as number;
  }
  return columns;
}

function arrowTable(rows: number, kinds: "all" | "numbers"): arrow.Table {
  const vectors = [...columnsOf(rows)].flatMap(([name, values]): [string, arrow.Vector][] => {
    if (Array.isArray(values))
      return kinds === "all" ? [[name, arrow.vectorFromArray(values, new arrow.Utf8())]] : [];
    // Without missing values: what has some is copied.
    if (kinds === "numbers") return [[name, arrow.makeVector(values.map((value) => value || 0))]];
    const missing = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    if (missing === 0) return [[name, arrow.makeVector(values)]];
    const nullBitmap = new Uint8Array(Math.ceil(rows / 64) * 8);
    values.forEach((value, row) => {
      if (!Number.isNaN(value)) nullBitmap[row >> 3] |= 1 << (row & 7);
    });
    const type = new arrow.Float64();
    const data = arrow.makeData({ type, length: rows, nullCount: missing, data: values, nullBitmap });
    return [[name, arrow.makeVector(data)]];
  });
  return new arrow.Table(Object.fromEntries(vectors));
}

function sumOfArrow(table: arrow.Table): number {
  return table.schema.fields.reduce((sum, { name }) => {
    const vector = table.getChild(name);
    let ofColumn = 0;
    if (vector !== null) for (const value of vector) ofColumn += worth(value);
    return sum + ofColumn;
  }, 0);
}

function buffersOfArrow(table: arrow.Table): ReadonlySet<ArrayBufferLike> {
  return new Set(
    table.batches.flatMap(({ data }) => data.children.map(({ values }) => (values as Float64Array).buffer)),
  );
}

/** By the key of a frame. */
export const BENCHED: Readonly<Record<string, (rows: number) => Promise<Benched>>> = {
  async "arrow-numbers"(rows) {
    const frame = arrowTable(rows, "numbers");
    return { frame, read: () => sumOfArrow(frame), buffersOf: () => buffersOfArrow(frame) };
  },
  async arrow(rows) {
    const frame = arrowTable(rows, "all");
    return { frame, read: () => sumOfArrow(frame), buffersOf: () => buffersOfArrow(frame) };
  },
  async "arrow-bytes"(rows) {
    const frame = arrow.tableToIPC(arrowTable(rows, "all"), "file");
    return {
      frame,
      read: () => sumOfArrow(arrow.tableFromIPC(frame)),
      buffersOf: () => new Set([frame.buffer]),
    };
  },
  async danfo(rows) {
    const { DataFrame } = await peer<Danfo>("danfojs-node");
    const frame: DanfoFrame = new DataFrame(plainArrays(rows));
    return {
      frame,
      read: () => frame.values.reduce((sum, row) => sum + sumOf(row), 0),
      keep: () => keptRows(frame.values),
      buffersOf: () => NO_BUFFERS,
    };
  },
  async polars(rows) {
    const polars = await peer<Polars>("nodejs-polars");
    const frame = polars.readIPC(Buffer.from(arrow.tableToIPC(arrowTable(rows, "all"), "file")));
    return {
      frame,
      read: () =>
        frame.columns.reduce(
          (sum, name) => sum + sumOf((frame.getColumn(name) as { toArray(): unknown[] }).toArray()),
          0,
        ),
      buffersOf: () => NO_BUFFERS,
    };
  },
  async arquero(rows) {
    const aq = await peer<Arquero>("arquero");
    const frame: ArqueroTable = aq.table(Object.fromEntries(columnsOf(rows)));
    return {
      frame,
      read: () => frame.columnNames().reduce((sum, name) => sum + sumOf(frame.column(name)), 0),
      buffersOf: () => new Set(frame.columnNames().flatMap((name) => bufferOf(frame.column(name)))),
    };
  },
  async arrays(rows) {
    const frame = plainArrays(rows);
    return {
      frame,
      read: () => Object.values(frame).reduce((sum, values) => sum + sumOf(values), 0),
      buffersOf: () => NO_BUFFERS,
    };
  },
  async rows(rows) {
    const columns = Object.entries(plainArrays(rows));
    const frame = Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(columns.map(([name, values]) => [name, values[row]])),
    );
    return {
      frame,
      read: () => frame.reduce((sum, row) => sum + sumOf(Object.values(row)), 0),
      buffersOf: () => NO_BUFFERS,
    };
  },
};

function bufferOf(values: ArrayLike<unknown>): ArrayBufferLike[] {
  return values instanceof Float64Array ? [values.buffer] : [];
}
