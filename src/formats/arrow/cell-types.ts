import type { Data, DataType, Decimal, Dictionary, Time, Timestamp } from "apache-arrow";
import { shortestOf } from "../../table/given/shortest-float.js";
import type { Arrow } from "./load.js";

/** What of Arrow tells types apart and reads their cells. */
export type ArrowTypes = Pick<Arrow, "DataType" | "DateUnit" | "Precision" | "Vector">;

/** What the cells of a type are, and how they are read. */
export interface CellType {
  /** Whether they are days since 1970-01-01 (UTC). */
  readonly isDate: boolean;
  /** Whether these days are of times without a zone. */
  readonly isLocal: boolean;
  /** Reads cells of a batch: numbers, bigints, booleans, texts, null for a missing one. */
  reader(data: Data): (row: number) => unknown;
}

/** What decimals and floats of 32 bits are read as: the nearest double, or the shortest decimal, with all digits. */
export type Wanted = "numbers" | "texts";

/** The cells of a type; undefined for one that has none: lists, structures, bytes, durations. */
export function cellTypeOf(arrow: ArrowTypes, type: DataType, wanted: Wanted): CellType | undefined {
  const { DataType } = arrow;
  if (DataType.isDictionary(type)) return dictionaryType(arrow, type, wanted);
  if (DataType.isDate(type)) return days(type.unit === arrow.DateUnit.DAY ? wholeDays : milliseconds, false);
  if (DataType.isTimestamp(type)) return days(TICKS[type.unit], !hasZone(type));
  if (DataType.isTime(type)) return plain((data) => timeReader(data, type));
  if (DataType.isDecimal(type)) return plain((data) => decimalReader(data, type, wanted));
  if (DataType.isFloat(type) && type.precision === arrow.Precision.SINGLE) return plain(shortFloatReader);
  const isPlain = [
    DataType.isNull,
    DataType.isBool,
    DataType.isInt,
    DataType.isFloat,
    DataType.isUtf8,
    DataType.isLargeUtf8,
    DataType.isUtf8View,
  ].some((is) => is(type));
  return isPlain ? plain((data) => getter(arrow, data)) : undefined;
}

function plain(reader: CellType["reader"]): CellType {
  return { isDate: false, isLocal: false, reader };
}

function getter(arrow: ArrowTypes, data: Data): (row: number) => unknown {
  const vector = new arrow.Vector([data]);
  return (row) => vector.get(row);
}

function hasZone({ timezone }: Timestamp): boolean {
  return timezone !== null && timezone !== undefined && timezone !== "";
}

const MICROSECONDS_PER_DAY = 86_400_000_000;
const wholeDays = (value: number | bigint) => Number(value);
const seconds = (value: number | bigint) => (Number(value) * 1e6) / MICROSECONDS_PER_DAY;
const milliseconds = (value: number | bigint) => (Number(value) * 1000) / MICROSECONDS_PER_DAY;
const microseconds = (value: number | bigint) => Number(value) / MICROSECONDS_PER_DAY;
/** Whole microseconds, as everywhere: a text of nine digits is cut off too. */
const nanoseconds = (value: number | bigint) =>
  Number((BigInt(value) - (((BigInt(value) % 1000n) + 1000n) % 1000n)) / 1000n) / MICROSECONDS_PER_DAY;
/** By unit: SECOND, MILLISECOND, MICROSECOND, NANOSECOND. */
const TICKS = [seconds, milliseconds, microseconds, nanoseconds];

/** From the values as they lie in memory: Arrow itself would give milliseconds. */
function days(toDays: (value: number | bigint) => number, isLocal: boolean): CellType {
  const reader = (data: Data) => (row: number) => (data.getValid(row) ? toDays(data.values[row]) : null);
  return { isDate: true, isLocal, reader };
}

function timeReader(data: Data, { unit }: Time): (row: number) => string | null {
  const digits = unit * 3;
  return (row) => {
    if (!data.getValid(row)) return null;
    const ticks = BigInt(data.values[row]);
    const perSecond = 10n ** BigInt(digits);
    const total = Number(ticks / perSecond);
    const clock = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
    const fraction = String(ticks % perSecond)
      .padStart(digits, "0")
      .replace(/0+$/, "");
    const text = clock.map((part) => String(part).padStart(2, "0")).join(":");
    return digits === 0 || fraction === "" ? text : `${text}.${fraction}`;
  };
}

/** Powers of ten that are exact doubles. */
const EXACT_POWER = 22;

function decimalReader(data: Data, { scale }: Decimal, wanted: Wanted): (row: number) => unknown {
  const { values, stride } = data as Data<Decimal>;
  const power = scale <= EXACT_POWER ? 10 ** scale : undefined;
  return (row) => {
    if (!data.getValid(row)) return null;
    const unscaled = wholeNumber(values, row * stride, stride);
    if (scale <= 0) return unscaled * 10n ** BigInt(-scale);
    const number = Number(unscaled);
    // Both are exact, so their quotient is the nearest double (Clinger 1990).
    if (wanted === "numbers" && power !== undefined && Number.isSafeInteger(number)) return number / power;
    const text = decimalText(unscaled, scale);
    return wanted === "numbers" ? Number(text) : text;
  };
}

/** An integer of 32-bit words in two's complement, the least significant first. */
function wholeNumber(words: Uint32Array, from: number, count: number): bigint {
  let value = 0n;
  for (let word = count - 1; word >= 0; word--) value = (value << 32n) | BigInt(words[from + word]);
  return BigInt.asIntN(32 * count, value);
}

/** The shortest decimal: 13.50 is 13.5, and 13.00 is 13. */
function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  const text = digits.slice(0, -scale) + (fraction === "" ? "" : `.${fraction}`);
  return unscaled < 0n ? `-${text}` : text;
}

/** Floats of 32 bits as the shortest decimal that means them, as text has them: 0.1, and not 0.10000000149011612. */
function shortFloatReader(data: Data): (row: number) => number | null {
  const { values } = data;
  return (row) => (data.getValid(row) ? shortestOf(values[row]) : null);
}

/** A dictionary's texts are decoded once. */
function dictionaryType(arrow: ArrowTypes, type: Dictionary, wanted: Wanted): CellType | undefined {
  const inner = cellTypeOf(arrow, type.dictionary, wanted);
  if (inner === undefined) return undefined;
  let known: unknown;
  let cells: unknown[] = [];
  const cellsOf = (dictionary: Data<Dictionary>["dictionary"]): unknown[] => {
    if (dictionary !== known) {
      known = dictionary;
      cells = (dictionary?.data ?? []).flatMap((data) =>
        Array.from({ length: data.length }, (_, row) => inner.reader(data)(row)),
      );
    }
    return cells;
  };
  const reader = (data: Data) => {
    const ofBatch = cellsOf((data as Data<Dictionary>).dictionary);
    const { values } = data;
    return (row: number) => {
      if (!data.getValid(row)) return null;
      const code = Number(values[row]);
      if (code >= ofBatch.length) throw new Error("a dictionary is missing before the rows that need it");
      return ofBatch[code];
    };
  };
  return { ...inner, reader };
}
