import { createRandom } from "../../src/random.js";
import type { DeclaredKind } from "../../src/table/grammar/declared-kind.js";

/** What a cell is in a column of a kind: a value, null for a missing one, or a problem. */
export type Expected = number | string | null | typeof PROBLEM;
export const PROBLEM = Symbol("problem");

/** A cell as JSON or a row object has it, and what it is in a column of each kind. */
export interface FuzzedCell {
  readonly value: unknown;
  readonly expected: Readonly<Record<DeclaredKind, Expected>>;
}

type Random = () => number;

const MARKERS = "- -- NULL N/A #N/A n.a. \\N (null) None ? <NA> NA NaN 无 空".split(" ");
const WORDS = [
  "5G",
  "abc",
  "1-2",
  "12abc",
  "1,43",
  "1,2,3",
  "1.2.3",
  "$",
  "%",
  "5%",
  "0x1F",
  "١٢",
  "e5",
  "2025-13-41",
];
const INFINITE = ["inf", "-Infinity", "1e999"];
const BLANKS = ["", " ", "\t", "\u3000", "\u00a0 "];

/** Cells of every type, in every way in which they are written. What they are is known from how they are made. */
export function fuzzedCells(count: number, seed: number): FuzzedCell[] {
  const stream = createRandom(seed, "fuzzed cells");
  const random = () => stream.next();
  const kinds = [
    numberCell,
    numberCell,
    dateCell,
    markerCell,
    wordCell,
    booleanCell,
    missingCell,
    infiniteCell,
  ];
  return Array.from({ length: count }, () => pick(kinds, random)(random));
}

/** The same cell as a text, as files without types have it. */
export function asText({ value, expected }: FuzzedCell): FuzzedCell {
  return { value: value === null || value === undefined ? "" : String(value), expected };
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)];
}

function numberCell(random: Random): FuzzedCell {
  const digits = Math.floor(random() * 10 ** Math.floor(random() * 13));
  const decimals = Math.floor(random() * 4);
  const number = (random() < 0.3 ? -digits : digits) / 10 ** decimals;
  const plain = String(number);
  const [whole, fraction = "00"] = Math.abs(number).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = number < 0 ? "-" : "";
  const spelled: readonly unknown[] = [
    number,
    plain,
    ` ${plain}\u00a0`,
    `${sign}00${whole}.${fraction}`,
    number.toExponential(),
    `${sign}¥${grouped}.${fraction}`,
    `${sign}${grouped}.${fraction} EUR`,
    [...plain].map((c) => (/[0-9]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join(""),
  ];
  const value = pick(spelled, random);
  return { value, expected: { numeric: number + 0, date: dayOf(String(value).trim()), ...words(value) } };
}

/** A number is a date only where its digits are a day. */
function dayOf(text: string): Expected {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isDay = year !== undefined && new Date(time).toISOString().slice(0, 10) === `${year}-${month}-${day}`;
  return isDay ? time / 864e5 : PROBLEM;
}

function dateCell(random: Random): FuzzedCell {
  const day = Math.floor(random() * 60_000) - 10_000;
  const [year, month, date] = new Date(day * 864e5).toISOString().slice(0, 10).split("-");
  const spelled: readonly (readonly [string, number])[] = [
    [`${year}-${month}-${date}`, day],
    [` ${year}/${Number(month)}/${Number(date)} `, day],
    [`${year}.${month}.${date}`, day],
    [`${year}年${Number(month)}月${Number(date)}日`, day],
    [`${year}-${month}-${date} 06:00`, day + 0.25],
    [`${year}-${month}-${date}T06:00:00+06:00`, day],
    [`${year}${month}${date}`, day],
  ];
  const [value, expected] = pick(spelled, random);
  const isCompact = /^\d{8}$/.test(value);
  return {
    value,
    expected: { numeric: isCompact ? Number(value) : PROBLEM, date: expected, ...words(value) },
  };
}

function markerCell(random: Random): FuzzedCell {
  const value = pick(MARKERS, random);
  return { value, expected: { numeric: null, date: null, ...words(value) } };
}

function wordCell(random: Random): FuzzedCell {
  const value = pick([...WORDS, `Gro\u0308\u00dfe ${Math.floor(random() * 5)}`], random);
  return { value, expected: { numeric: PROBLEM, date: PROBLEM, ...words(value) } };
}

function booleanCell(random: Random): FuzzedCell {
  const value = pick([true, false, "TRUE", "False", "yes", "否"], random);
  return { value, expected: { numeric: PROBLEM, date: PROBLEM, ...words(value) } };
}

function infiniteCell(random: Random): FuzzedCell {
  const value = pick(INFINITE, random);
  return { value, expected: { numeric: PROBLEM, date: PROBLEM, ...words(value) } };
}

function missingCell(random: Random): FuzzedCell {
  const value = pick([null, ...BLANKS], random);
  return { value, expected: { numeric: null, date: null, categorical: null, text: null } };
}

/** A category is a text without blanks around it, composed, a whole number without a fraction of zeros; an id is the text. */
function words(value: unknown): Pick<FuzzedCell["expected"], "categorical" | "text"> {
  const text = String(value);
  const category = text.trim().normalize("NFC");
  return { categorical: /^[+-]?\d+\.0+$/.test(category) ? category.split(".")[0] : category, text };
}
