import type { OptionNames } from "../../arguments.js";

/**
 * How the texts of a column are written, where they are not plain decimals and ISO dates. Plain data: a model keeps it, so
 * that further cells are read in the same way.
 */
export interface CellFormat {
  /**
   * Texts that mean a missing value, in columns of any kind, beside those that always do in columns of numbers and dates
   * (`-`, `NULL`, `N/A`, … ). Default: none.
   */
  readonly missing?: readonly string[] | undefined;
  /** The sign before the fraction: `"."` (default) or `","`. */
  readonly decimal?: "." | "," | undefined;
  /** The sign between thousands: `","`, `"."`, `"'"`, `"_"` or a blank (of any width). Default: none. */
  readonly thousands?: string | undefined;
  /** A currency that numbers may have before or after them, such as `"¥"`, `"EUR"` or `"元"`. Default: none. */
  readonly currency?: string | undefined;
  /** Whether numbers with a percent sign are read, as hundredths: `37.0%` is 0.37. Default false. */
  readonly percent?: boolean | undefined;
  /** How dates are written, such as `"dd.MM.yyyy"` or `"yyyyMMdd HH:mm"`. Default: ISO 8601, or year first with slashes. */
  readonly dateFormat?: string | undefined;
  /** The IANA time zone of times without an offset, such as `"Asia/Shanghai"`. Default: UTC. */
  readonly timeZone?: string | undefined;
}

/** The names of {@link CellFormat}. */
export const CELL_FORMAT_OPTIONS: OptionNames<CellFormat> = {
  missing: "optional",
  decimal: "optional",
  thousands: "optional",
  currency: "optional",
  percent: "optional",
  dateFormat: "optional",
  timeZone: "optional",
};

/** The members of a format that are given, for a file or a column that holds other options too; undefined where none is. */
export function givenFormat(options: CellFormat): CellFormat | undefined {
  const given = Object.keys(CELL_FORMAT_OPTIONS).flatMap((name): [string, unknown][] => {
    const value = options[name as keyof CellFormat];
    return value === undefined ? [] : [[name, value]];
  });
  return given.length === 0 ? undefined : (Object.fromEntries(given) as CellFormat);
}

/** A format whose members are those of `over` where it has them. */
export function mergedFormats(
  under: CellFormat | undefined,
  over: CellFormat | undefined,
): CellFormat | undefined {
  return under === undefined || over === undefined ? (over ?? under) : { ...under, ...givenFormat(over) };
}

const OF_KINDS = {
  numeric: ["missing", "decimal", "thousands", "currency", "percent"],
  date: ["missing", "dateFormat", "timeZone"],
  categorical: ["missing"],
  text: ["missing"],
} as const satisfies Readonly<Record<string, readonly (keyof CellFormat)[]>>;

/** The given members of a format that say nothing about cells of a kind. */
export function formatBesideKind(
  format: CellFormat,
  kind: keyof typeof OF_KINDS,
): readonly (keyof CellFormat)[] {
  const known: readonly string[] = OF_KINDS[kind];
  return (Object.keys(givenFormat(format) ?? {}) as (keyof CellFormat)[]).filter(
    (name) => !known.includes(name),
  );
}

/** The members of a format that say how cells of a kind are read; undefined where none does. */
export function formatOfKind(
  format: CellFormat | undefined,
  kind: keyof typeof OF_KINDS,
): CellFormat | undefined {
  if (format === undefined) return undefined;
  const { missing, ...rest } = format;
  const some = missing === undefined || missing.length === 0 ? rest : { ...rest, missing };
  return givenFormat(
    Object.fromEntries(OF_KINDS[kind].map((name) => [name, some[name as keyof typeof some]])),
  );
}
