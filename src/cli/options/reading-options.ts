import { type Command, Option } from "commander";
import { invalidArgument } from "../../errors.js";
import { FILE_LABELS } from "../../formats/formats.js";
import type { ReadTableOptions } from "../../formats/read-table.js";
import { columnName } from "../../table/column-name.js";
import type { CellFormat } from "../../table/grammar/cell-format.js";
import { type DeclaredColumn, type DeclaredKind, declaredWith } from "../../table/grammar/column-plan.js";

/** The files that commands read, for their help. */
export const FILES_HELP = `${FILE_LABELS} (text also .gz)`;

/** What {@link addEncodingOptions} puts into a command's options. */
export interface EncodingOptions {
  readonly encoding?: string;
  readonly delimiter?: string;
}

/** What {@link addReadingOptions} puts into a command's options. */
export interface ReadingOptions extends EncodingOptions {
  readonly missing?: Collected;
  readonly decimal?: Collected;
  readonly thousands?: Collected;
  readonly currency?: Collected;
  readonly percent?: boolean;
  readonly dateFormat?: Collected;
  readonly timeZone?: Collected;
}

/** Adds `--encoding` and `--delimiter`. */
export function addEncodingOptions(command: Command): Command {
  return command
    .option(
      "--encoding <name>",
      "encoding of a text file, such as gb18030 (default: utf-8, utf-16 where it looks like it)",
    )
    .option(
      "--delimiter <character>",
      "field separator of a text file (default: that of a line sep=; or found in the header line)",
    );
}

/**
 * Adds the options that say how text is encoded and how cells are written; those of one column begin with its name and `=`.
 * @param timeZone what the help says of `--time-zone`.
 */
export function addReadingOptions(command: Command, timeZone = ZONE_OF_TIMES): Command {
  const ofColumns = (flags: string, description: string) =>
    new Option(flags, description).argParser(collectFormat);
  return addEncodingOptions(command)
    .addOption(
      ofColumns(
        "--missing <text>",
        "a text that means a missing value, or COLUMN=TEXT; COLUMN= for none there (repeatable)",
      ),
    )
    .addOption(ofColumns("--decimal <sign>", 'the sign before the fraction, "." or ",", or COLUMN=SIGN'))
    .addOption(
      ofColumns(
        "--thousands <sign>",
        "the sign between thousands, or COLUMN=SIGN (default: found where certain)",
      ),
    )
    .addOption(ofColumns("--currency <sign>", "a currency beside numbers, or COLUMN=SIGN (default: found)"))
    .option("--percent", "read numbers with a percent sign, 37.0% as 0.37 (default: where all have one)")
    .addOption(
      ofColumns("--date-format <format>", "how dates are written, such as dd.MM.yyyy, or COLUMN=FORMAT"),
    )
    .addOption(ofColumns("--time-zone <name>", timeZone));
}

const ZONE_OF_TIMES = "the zone of times without an offset, or COLUMN=ZONE (default: UTC)";
/** What `--time-zone` is for commands that open a history. */
export const OPERATOR_ZONE =
  "the operator's time zone, on whose days times fall, or COLUMN=ZONE for its times without an offset (default: UTC)";

export function encodingOptions({
  encoding,
  delimiter,
}: EncodingOptions): Pick<ReadTableOptions, "encoding" | "delimiter"> {
  return { encoding, delimiter };
}

/** The options of reading as the library has them. @param declared columns whose kinds are known otherwise. */
export function readingOptions(
  options: ReadingOptions,
  declared: Readonly<Record<string, DeclaredColumn>> = {},
): Omit<ReadTableOptions, "format" | "onProgress" | "signal"> {
  const { ofFile, ofColumns } = formatOptions(options);
  return { ...encodingOptions(options), ...ofFile, columns: declaredWith(declared, ofFile, ofColumns) };
}

/** How cells are written: in the file, and in columns by name. */
export function formatOptions(options: ReadingOptions): {
  readonly ofFile: CellFormat;
  readonly ofColumns: Readonly<Record<string, CellFormat>>;
} {
  const ofFile: Record<string, unknown> = options.percent === true ? { percent: true } : {};
  const ofColumns: Record<string, Record<string, unknown>> = {};
  for (const name of ["missing", ...(Object.keys(FLAGS) as (keyof typeof FLAGS)[])] as const) {
    for (const [column, texts] of options[name] ?? []) {
      if (column !== undefined) ofColumns[column] ??= {};
      const format = column === undefined ? ofFile : ofColumns[column];
      if (name === "missing") {
        // `COLUMN=` alone says that nothing is missing there.
        format[name] = column === undefined ? texts : texts.filter((text) => text !== "");
        continue;
      }
      if (texts.length > 1) {
        const of = column === undefined ? "for all columns" : `for ${column}`;
        invalidArgument("holdfast", FLAGS[name], `must be given once ${of}`, texts);
      }
      format[name] = texts[0];
    }
  }
  return { ofFile, ofColumns };
}

/** Options that hold one text, by the name that they have in TypeScript. */
const FLAGS = {
  decimal: "--decimal",
  thousands: "--thousands",
  currency: "--currency",
  dateFormat: "--date-format",
  timeZone: "--time-zone",
} as const;

/** Values of an option by column; those of the whole file under undefined. */
type Collected = ReadonlyMap<string | undefined, readonly string[]>;

function collectFormat(text: string, before: Collected | undefined): Collected {
  const at = text.lastIndexOf("=");
  const [column, value] = at < 1 ? [undefined, text] : [columnName(text.slice(0, at)), text.slice(at + 1)];
  return new Map(before ?? []).set(column, [...(before?.get(column) ?? []), value]);
}

/** `--columns name=kind`, repeatable. */
export function columnsOption(): Option {
  return new Option(
    "--columns <column=kind>",
    "read a column as numeric, categorical, text or date (repeatable)",
  )
    .argParser(collectKind)
    .default({}, "as found in the data");
}

function collectKind(text: string, kinds: Record<string, DeclaredKind>): Record<string, DeclaredKind> {
  const at = text.lastIndexOf("=");
  const kind = text.slice(at + 1);
  if (at < 1 || !["numeric", "categorical", "text", "date"].includes(kind)) {
    invalidArgument(
      "holdfast",
      "--columns",
      "must read like COLUMN=categorical (or numeric, text, date)",
      text,
    );
  }
  return { ...kinds, [text.slice(0, at)]: kind as DeclaredKind };
}
