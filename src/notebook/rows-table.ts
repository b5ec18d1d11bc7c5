import { inspect } from "node:util";
import { clipped } from "../printing/display-width.js";
import { counted, whole } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";
import type { RichTable } from "../printing/rich-output.js";

/** So many rows are shown. */
const SHOWN_ROWS = 20;
/** So wide may a text be, in columns of a terminal. */
const WIDTH = 100;

/** A table, and a line on what is not shown. */
type ShownTable = RichTable & { readonly rest?: string };

/** The first rows of a list of row objects; undefined for a list of anything else. */
export function rowsTable(values: readonly unknown[]): ShownTable | undefined {
  if (values.length === 0 || !values.every(isRecord)) return undefined;
  const shown = values.slice(0, SHOWN_ROWS);
  const names = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const rest = values.length - shown.length;
  return {
    head: names.map(printable),
    rows: shown.map((row) => names.map((name) => cellText(row[name]))),
    ...(rest === 0 ? {} : { rest: `… and ${counted(rest, "more row", "more rows")}` }),
  };
}

/** The members of one object, a line each. */
export function pairsTable(value: Readonly<Record<string, unknown>>): ShownTable {
  return {
    head: ["", ""],
    rows: Object.entries(value).map(([name, member]) => [printable(name), cellText(member)]),
    isRight: [false, false],
  };
}

/** Whether a value is a plain object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** A cell for people: four significant digits, from a thousand on no decimals, an interval after its value, nothing where a value is missing. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return clipped(printable(value), WIDTH);
  if (isInterval(value))
    return `${numberText(value.value)} (${numberText(value.low)}–${numberText(value.high)})`;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return clipped(value.map(cellText).join(", "), WIDTH);
  return clipped(printable(inspect(value, { breakLength: Infinity, depth: 0 })), WIDTH);
}

function numberText(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? whole(value)
    : String(Number(value.toPrecision(4)));
}

/** A metric with its interval. */
interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function isInterval(value: unknown): value is Interval {
  return isRecord(value) && [value.value, value.low, value.high].every((end) => typeof end === "number");
}
