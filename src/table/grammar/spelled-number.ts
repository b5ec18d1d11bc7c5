import type { CellFormat } from "./cell-format.js";
import { escaped } from "./escaped.js";

/** A number as it is written with signs of money, shares and thousands. */
export interface SpelledNumber {
  readonly value: number;
  /** As it is written, undefined where there is none. */
  readonly currency: string | undefined;
  readonly isPercent: boolean;
  readonly isGrouped: boolean;
  /** Whether it shows which sign is before the fraction: it has a fraction, or two groups of thousands. */
  readonly isCertain: boolean;
  /** Whether its digits begin with a superfluous zero, or are too many for a double: an id rather than a number. */
  readonly isIdLike: boolean;
}

/** Signs and words of money that are known without an option. */
const CURRENCIES =
  "[A-Z]{1,3}\\$|[¥$€£₩₹₽฿₫₴₺₪₱₦₸]|CNY|RMB|USD|EUR|GBP|JPY|HKD|TWD|KRW|CHF|RUB|INR|BRL|元|圆|円|원|zł|kr\\.?|руб\\.?|тг\\.?";

/** The largest whole number up to which a double holds all. */
const EXACT = String(2 ** 53);

const CURRENCY = new RegExp(CURRENCIES, "u");

/** The first sign or word of money in a text. */
export function currencyIn(text: string): string | undefined {
  return CURRENCY.exec(plain(text))?.[0];
}

/** Makes the function that reads numbers of a format. @param format undefined: as they are written in English, with any currency. */
export function spelledNumberReader(
  format: CellFormat | undefined,
): (text: string) => SpelledNumber | undefined {
  const decimal = format?.decimal ?? ".";
  const thousands = format === undefined ? "," : format.thousands;
  const currency =
    format === undefined
      ? CURRENCIES
      : format.currency === undefined
        ? undefined
        : escaped(plain(format.currency));
  const groups = thousands === undefined ? "" : groupsOf(thousands);
  const money = currency === undefined ? "()" : `(${currency})?`;
  const share = format === undefined || format.percent === true ? "(?: ?(%))?" : "()";
  const point = escaped(decimal);
  const pattern = new RegExp(
    `^(\\()?([+-])? ?${money} ?([+-])?((?:${groups}[0-9]+)(?:${point}[0-9]*)?|${point}[0-9]+)([eE][+-]?[0-9]+)? ?${money}${share}(\\))?$`,
    "u",
  );
  const separators = thousands === undefined ? undefined : separatorsOf(thousands);
  return (text) => {
    const match = pattern.exec(plain(text));
    if (match === null) return undefined;
    const [, open, sign, before, innerSign, digits, exponent, after, percent, close] = match;
    if ((open === undefined) !== (close === undefined)) return undefined;
    if (sign !== undefined && (innerSign !== undefined || open !== undefined)) return undefined;
    if (before && after) return undefined;
    const ungrouped = separators === undefined ? digits : digits.replace(separators, "");
    const [whole, fraction] = ungrouped.split(decimal);
    const isNegative = sign === "-" || innerSign === "-" || open !== undefined;
    const power = Number(exponent?.slice(1) ?? "0") - (percent === undefined || percent === "" ? 0 : 2);
    const groupCount = digits.length - ungrouped.length;
    return {
      value: Number(`${isNegative ? "-" : ""}${whole === "" ? "0" : whole}.${fraction || "0"}e${power}`),
      currency: before || after || undefined,
      isPercent: Boolean(percent),
      isGrouped: groupCount > 0,
      isCertain: fraction !== undefined || groupCount > 1,
      isIdLike:
        /^0[0-9]/.test(whole) || (fraction === undefined && Number(whole) >= 2 ** 53 && whole !== EXACT),
    };
  };
}

/** A text with full-width signs and digits in their usual form, and one kind of blank and of minus. */
function plain(text: string): string {
  const trimmed = text.trim();
  // Most texts are ASCII.
  if (!/[^ -~]/.test(trimmed)) return trimmed;
  return trimmed.normalize("NFKC").replaceAll("−", "-").replaceAll("’", "'").replaceAll(/\s/gu, " ");
}

function separatorsOf(thousands: string): RegExp {
  return new RegExp(escaped(plain(thousands) || " "), "g");
}

/** Groups of three digits, or as in India of two and one of three at the end. */
function groupsOf(thousands: string): string {
  const sign = escaped(plain(thousands) || " ");
  return `[0-9]{1,3}(?:${sign}[0-9]{3})+|[0-9]{1,2}(?:${sign}[0-9]{2})+${sign}[0-9]{3}|`;
}
