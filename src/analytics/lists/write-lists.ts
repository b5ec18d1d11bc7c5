import { open } from "node:fs/promises";
import { join } from "node:path";
import { checkOptions, type OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import { checkPath } from "../../files/check-path.js";
import { removeLeftoversOf } from "../../files/leftovers.js";
import { makeFolder } from "../../files/make-folder.js";
import { beginWhole, type WholeFile } from "../../files/whole-file.js";
import { writingTo } from "../../files/write-faults.js";
import { DelimitedWriter } from "../../formats/delimited/writer.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import { createTable } from "../../table/table.js";
import type { MigrationList } from "../tariffs/migration-list.js";
import {
  AT_RISK_COLUMNS,
  isMondayLists,
  LIST_FILES,
  type ListColumn,
  MIGRATION_COLUMNS,
  NEWCOMER_COLUMNS,
  SILENT_COLUMNS,
  tableColumns,
} from "./list-tables.js";
import type { MondayLists } from "./monday-lists.js";

/** Options of `writeLists`. */
export interface WriteListsOptions {
  /** The migration list, to be written too. Default: none. */
  readonly migration?: MigrationList | undefined;
  /** The language of the heads of columns. Default: that of the reasons. */
  readonly locale?: LocaleName | undefined;
}

const OPTIONS: OptionNames<WriteListsOptions> = { migration: "optional", locale: "optional" };
const CALLED = "writeLists";
/** By which spreadsheets recognise UTF-8; without it they show Chinese names as noise. */
const BYTE_ORDER_MARK = "\ufeff";
/** Rows that are written at a time. */
const AT_A_TIME = 10_000;

/**
 * Writes the lists for Monday to a folder, which is made where it does not exist: `silent.csv`, `newcomers.csv`, `at-risk.csv`, and with
 * `migration` also `migration.csv`. All of them are written completely before the first replaces what was there, so that after a fault the old
 * ones stay. All rows are written; of a list that could not be made, the heads alone. The files are UTF-8 with a byte order mark, and texts that a spreadsheet would run as a formula
 * (they begin with `=`, `+`, `-`, `@`, a tab or a line break) get a `'` in front.
 * @returns the paths of the files.
 * @example await writeLists(await mondayLists(history), "monday", { migration: await migrationList(history) })
 * @throws HoldfastError for something else in the place of lists, and where a file can't be written.
 */
export async function writeLists(
  lists: MondayLists,
  folder: string,
  options: WriteListsOptions = {},
): Promise<string[]> {
  checkPath(CALLED, "folder", folder);
  checkOptions(CALLED, options, OPTIONS);
  if (!isMondayLists(lists)) {
    const hint = "await mondayLists(history) makes them";
    invalidArgument(CALLED, "lists", "must be the lists of mondayLists", undefined, hint);
  }
  const { migration, locale = lists.locale } = options;
  if (migration !== undefined && !Array.isArray((migration as Partial<MigrationList>)?.rows)) {
    invalidArgument(
      CALLED,
      "migration",
      "must be the list of migrationList",
      undefined,
      "await migrationList(history)",
    );
  }
  if (!LOCALE_NAMES.includes(locale))
    invalidArgument(CALLED, "locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale);
  await makeFolder(folder);
  const files = [
    fileOf(LIST_FILES.silent, SILENT_COLUMNS, lists.silent.rows, locale),
    fileOf(LIST_FILES.newcomers, NEWCOMER_COLUMNS, lists.newcomers.rows, locale),
    fileOf(LIST_FILES.atRisk, AT_RISK_COLUMNS, lists.atRisk.rows, locale),
    ...(migration === undefined
      ? []
      : [fileOf(LIST_FILES.migration, MIGRATION_COLUMNS, migration.rows, locale)]),
  ];
  return writeTogether(folder, files);
}

/** A file of a list: its text, part by part. */
interface ListFile {
  readonly name: string;
  readonly parts: () => Iterable<string>;
}

function fileOf<Row>(
  name: string,
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  locale: LocaleName,
): ListFile {
  return {
    name,
    *parts() {
      const { heads } = tableColumns(columns, [], locale);
      const writer = new DelimitedWriter(heads, ",", { csvSafe: true });
      yield `${BYTE_ORDER_MARK}${writer.head()}`;
      for (let from = 0; from < rows.length; from += AT_A_TIME) {
        const some = rows.slice(from, from + AT_A_TIME);
        yield writer.rows(createTable(tableColumns(columns, some, locale).columns), 0, some.length);
      }
    },
  };
}

/** Fills a temporary file of each before the first of them replaces what was there. */
async function writeTogether(folder: string, files: readonly ListFile[]): Promise<string[]> {
  const begun: WholeFile[] = [];
  const paths = files.map(({ name }) => join(folder, name));
  try {
    for (const [place, { parts }] of files.entries()) {
      const file = await beginWhole(paths[place]);
      begun.push(file);
      await removeLeftoversOf(file.target);
      await writingTo(paths[place])(() => writeParts(file.temporary, parts()));
    }
    for (const file of begun) await file.commit();
  } catch (error) {
    for (const file of begun) await file.abandon();
    throw error;
  }
  return paths;
}

async function writeParts(path: string, parts: Iterable<string>): Promise<void> {
  const handle = await open(path, "wx");
  try {
    for (const part of parts) await handle.writeFile(part);
  } finally {
    await handle.close();
  }
}
