import type { CellFormat } from "./cell-format.js";

/** A form of numbers or dates that is not read without an option, because a cell may mean more than one thing. */
export interface UnreadForm {
  readonly what: string;
  readonly format: CellFormat;
  readonly isDate?: true;
}

const GROUPED: UnreadForm = { what: "numbers with commas between thousands", format: { thousands: "," } };

/** Numbers without a sign of money or shares; the likelier first. */
const NUMBERS: readonly UnreadForm[] = [
  { what: "numbers with a decimal comma", format: { decimal: "," } },
  {
    what: "numbers with a decimal comma and points between thousands",
    format: { decimal: ",", thousands: "." },
  },
  {
    what: "numbers with a decimal comma and blanks between thousands",
    format: { decimal: ",", thousands: " " },
  },
  GROUPED,
  { what: "numbers with apostrophes between thousands", format: { thousands: "'" } },
  { what: "numbers with blanks between thousands", format: { thousands: " " } },
];

/** Of dates; the likelier first. */
const DATES = [
  "dd.MM.yyyy",
  "dd/MM/yyyy",
  "MM/dd/yyyy",
  "d.M.yyyy",
  "d/M/yyyy",
  "M/d/yyyy",
  "dd-MM-yyyy",
  "dd-MMM-yyyy",
  "d MMM yyyy",
  "d.M.yy",
  "d/M/yy",
  "M/d/yy",
  "yyyyMMdd",
];
const DATES_WITH_TIME = [
  "dd.MM.yyyy HH:mm",
  "dd/MM/yyyy HH:mm",
  "MM/dd/yyyy HH:mm",
  "M/d/yyyy h:mm a",
  "yyyyMMddHHmmss",
];
const DATE_FORMS: readonly UnreadForm[] = [
  ...DATES.map((dateFormat) => ({ what: "dates", format: { dateFormat }, isDate: true as const })),
  ...DATES_WITH_TIME.map((dateFormat) => ({
    what: "dates with a time",
    format: { dateFormat },
    isDate: true as const,
  })),
];

/** The forms that a column may have. @param currency the sign of money that some of its cells have. @param hasShares some `%`. */
export function unreadForms(currency: string | undefined, hasShares: boolean): readonly UnreadForm[] {
  const money = currency === undefined ? {} : { currency };
  const shares = hasShares ? { percent: true } : {};
  const as = hasShares
    ? ", some of them with a percent sign"
    : currency === undefined
      ? ""
      : `, in ${currency}`;
  // Prices seldom have three digits after the point.
  const likelier =
    currency === undefined ? NUMBERS : [GROUPED, ...NUMBERS.filter((form) => form !== GROUPED)];
  const signed = likelier.map(
    ({ what, format }): UnreadForm => ({ what: `${what}${as}`, format: { ...format, ...money, ...shares } }),
  );
  const plain: readonly UnreadForm[] =
    as === "" ? [] : [{ what: `numbers${as}`, format: { ...money, ...shares } }];
  return [...plain, ...signed, ...DATE_FORMS];
}
