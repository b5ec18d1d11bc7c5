import type { Command } from "commander";
import { invalidArgument } from "../../errors.js";
import { FILE_LABELS } from "../../formats/formats.js";
import type { ReadTableOptions } from "../../formats/read-table.js";
import type { DeclaredKind } from "../../table/grammar/column-plan.js";

/** The files that commands read, for their help. */
export const FILES_HELP = `${FILE_LABELS} (text also .gz)`;

/** What the options below put into a command's options. */
export interface ReadingOptions {
  readonly encoding?: string;
  readonly delimiter?: string;
}

/** Adds `--encoding` and `--delimiter`. */
export function addReadingOptions(command: Command): Command {
  return command
    .option("--encoding <name>", "encoding of a text file, such as gb18030 (default: utf-8)")
    .option("--delimiter <character>", "field separator of a text file (default: found in the header line)");
}

export function readingOptions({
  encoding,
  delimiter,
}: ReadingOptions): Pick<ReadTableOptions, "encoding" | "delimiter"> {
  return { encoding, delimiter };
}

/** Collects `--columns name=kind`. */
export function collectKind(text: string, kinds: Record<string, DeclaredKind>): Record<string, DeclaredKind> {
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
