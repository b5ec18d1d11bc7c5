import type { ParsedDate } from "../../dates.js";
import { escaped } from "../escaped.js";

const SECONDS_PER_DAY = 86_400;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

type Field = "year" | "month" | "day" | "hour" | "minute" | "second" | "fraction" | "half";

/** The letters of a format, the text that each reads, and what it is. The first that fits counts. */
const TOKENS: readonly { readonly letters: string; readonly pattern: string; readonly field: Field }[] = [
  { letters: "yyyy", pattern: "[0-9]{4}", field: "year" },
  { letters: "yy", pattern: "[0-9]{2}", field: "year" },
  { letters: "MMM", pattern: "[A-Za-z]{3}[a-z]*\\.?", field: "month" },
  { letters: "MM", pattern: "[0-9]{2}", field: "month" },
  { letters: "M", pattern: "[0-9]{1,2}", field: "month" },
  { letters: "dd", pattern: "[0-9]{2}", field: "day" },
  { letters: "d", pattern: "[0-9]{1,2}", field: "day" },
  { letters: "HH", pattern: "[0-9]{2}", field: "hour" },
  { letters: "H", pattern: "[0-9]{1,2}", field: "hour" },
  { letters: "hh", pattern: "[0-9]{2}", field: "hour" },
  { letters: "h", pattern: "[0-9]{1,2}", field: "hour" },
  { letters: "mm", pattern: "[0-9]{2}", field: "minute" },
  { letters: "ss", pattern: "[0-9]{2}", field: "second" },
  { letters: "SSSSSS", pattern: "[0-9]{6}", field: "fraction" },
  { letters: "SSS", pattern: "[0-9]{3}", field: "fraction" },
  { letters: "a", pattern: "[AaPp]\\.?[Mm]\\.?", field: "half" },
];
const KNOWN = "yyyy, yy, MMM, MM, M, dd, d, HH, H, hh, h, mm, ss, SSS, SSSSSS, a";

/** What is wrong with a date format, as a clause; undefined where nothing is. @param ofMonths whether it may have no day. */
export function dateFormatProblem(format: unknown, ofMonths = false): string | undefined {
  if (typeof format !== "string" || format.trim() === "") return 'must be a text such as "dd.MM.yyyy"';
  const parsed = parseFormat(format);
  if (typeof parsed === "string") return parsed;
  const fields = parsed.flatMap((part) => (part.field === undefined ? [] : [part.field]));
  for (const field of ofMonths ? (["year", "month"] as const) : (["year", "month", "day"] as const)) {
    if (!fields.includes(field)) return `must have the ${field}, in letters such as "dd.MM.yyyy"`;
  }
  const twice = fields.find((field, i) => fields.indexOf(field) < i);
  if (twice !== undefined) return `must have the ${twice} once`;
  const hasTwelveHours = /h/.test(withoutQuoted(format));
  if (hasTwelveHours !== fields.includes("half")) return 'must have "a" (AM or PM) with hh, and only then';
  return undefined;
}

/**
 * Makes the function that reads dates of a format: `yyyy-MM-dd HH:mm:ss.SSS`, in any order, with any text between; letters
 * of text are put in single quotes. `yy` is 1970 to 2069, `MMM` the English name of a month.
 * Without a day it is the first of the month.
 * @param format one that {@link dateFormatProblem} has nothing against.
 * @returns (the returned function) undefined for a text of another form, null for one of this form that is no day or time.
 */
export function dateReader(format: string): (text: string) => ParsedDate | null | undefined {
  const parts = parseFormat(format) as readonly Part[];
  const fields = parts.flatMap(({ field }) => (field === undefined ? [] : [field]));
  const shape = new RegExp(`^${parts.map(({ pattern }) => pattern).join("")}$`);
  return (text) => {
    const match = shape.exec(text);
    if (match === null) return undefined;
    const texts = new Map(fields.map((field, i) => [field, match[i + 1]]));
    return dateOf(texts);
  };
}

interface Part {
  readonly pattern: string;
  readonly field?: Field;
}

/** The parts of a format, or what is wrong with it. */
function parseFormat(format: string): readonly Part[] | string {
  const parts: Part[] = [];
  for (let at = 0; at < format.length; ) {
    const rest = format.slice(at);
    const quoted = /^'((?:[^']|'')*)'/.exec(rest);
    if (quoted !== null) {
      parts.push({ pattern: escaped(quoted[1] === "" ? "'" : quoted[1].replaceAll("''", "'")) });
      at += quoted[0].length;
      continue;
    }
    const letters = /^([A-Za-z])\1*/.exec(rest)?.[0];
    const token = TOKENS.find((each) => each.letters === letters);
    if (letters !== undefined && token === undefined && letters !== "T")
      return `must be made of ${KNOWN}; other letters stand in single quotes`;
    const { pattern, field } = token ?? { pattern: escaped(rest[0]), field: undefined };
    parts.push(field === undefined ? { pattern } : { pattern: `(${pattern})`, field });
    at += letters?.length ?? 1;
  }
  return parts;
}

function dateOf(texts: ReadonlyMap<Field, string>): ParsedDate | null {
  const number = (field: Field, otherwise: number) => Number(texts.get(field) ?? otherwise);
  const year = texts.get("year") ?? "";
  const fullYear = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const monthText = texts.get("month") ?? "";
  const month = /^[A-Za-z]/.test(monthText)
    ? MONTHS.indexOf(monthText.slice(0, 3).toLowerCase()) + 1
    : Number(monthText);
  const day = number("day", 1);
  const midnight = new Date(0);
  midnight.setUTCFullYear(fullYear, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  const half = texts.get("half")?.[0].toLowerCase();
  const shown = number("hour", 0);
  if (half !== undefined && (shown < 1 || shown > 12)) return null;
  const hour = half === undefined ? shown : (shown % 12) + (half === "p" ? 12 : 0);
  const minute = number("minute", 0);
  const second = number("second", 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number(`0.${texts.get("fraction") ?? "0"}`);
  const seconds = hour * 3600 + minute * 60 + second;
  // In whole microseconds, as ISO texts are read.
  const microseconds = midnight.getTime() * 1000 + seconds * 1e6 + Math.round(fraction * 1e6);
  return { days: microseconds / (SECONDS_PER_DAY * 1e6), hasTime: texts.has("hour"), hasZone: false };
}

function withoutQuoted(format: string): string {
  return format.replace(/'(?:[^']|'')*'/g, "");
}
