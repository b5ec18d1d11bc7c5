import type { LocaleName } from "../../explain/reasons/locales.js";
import type { Column } from "../../table/table.js";
import type { MigrationList } from "../tariffs/migration-list.js";
import type { AtRisk } from "./at-risk.js";
import { type ListText, listWords, type SayList } from "./list-words.js";
import type { ListedSubscriber } from "./listed-subscriber.js";
import type { MondayLists } from "./monday-lists.js";
import type { Newcomer, NewcomerCall } from "./newcomers.js";
import type { SilentSubscriber } from "./silent.js";
import { SIGN_NAMES, SIGNS } from "./warning-signs.js";

/** A value of a cell: null is empty. */
export type ListCell = string | number | null;

/** A column of a list: its head, and the cell of a row. */
export interface ListColumn<Row> {
  readonly head: ListText;
  readonly kind: "text" | "money" | "number";
  readonly cell: (row: Row, say: SayList) => ListCell;
}

function text<Row>(head: ListText, cell: ListColumn<Row>["cell"]): ListColumn<Row> {
  return { head, kind: "text", cell };
}

function money<Row>(head: ListText, cell: ListColumn<Row>["cell"]): ListColumn<Row> {
  return { head, kind: "money", cell };
}

function number<Row>(head: ListText, cell: ListColumn<Row>["cell"]): ListColumn<Row> {
  return { head, kind: "number", cell };
}

/** What a call to a new subscriber is for. */
export const CALLS = {
  overdue: "payment overdue",
  "bill shock": "bill far above the fee",
  welcome: "paid twice",
} as const satisfies Readonly<Record<NewcomerCall, ListText>>;

const SUBSCRIBER = [text("subscriber", (row: ListedSubscriber) => row.subscriber)];
const PROFILE = [
  money("mean bill", (row: ListedSubscriber) => row.revenue),
  text("tariff", (row: ListedSubscriber) => row.tariff),
  text("region", (row: ListedSubscriber) => row.region),
  text("dealer", (row: ListedSubscriber) => row.dealer),
  text("activated on", (row: ListedSubscriber) => row.activatedOn),
  text("last contact", (row: ListedSubscriber) => row.lastContact),
];
const REASON = [text("reason", (row: ListedSubscriber) => row.reason)];

export const SILENT_COLUMNS: readonly ListColumn<SilentSubscriber>[] = [
  ...SUBSCRIBER,
  number("months silent", (row) => row.monthsSilent),
  text("last use", (row) => row.lastUse),
  ...PROFILE,
  ...REASON,
];

export const NEWCOMER_COLUMNS: readonly ListColumn<Newcomer>[] = [
  ...SUBSCRIBER,
  text("call because", (row, say) => say(CALLS[row.call])),
  money("first bill", (row) => row.firstBill),
  money("fee", (row) => row.fee),
  number("payments", (row) => row.payments),
  text("last payment", (row) => row.lastPaid),
  ...PROFILE,
  ...REASON,
];

const YES = { true: "yes", false: "no" } as const satisfies Readonly<Record<string, ListText>>;

export const AT_RISK_COLUMNS: readonly ListColumn<AtRisk>[] = [
  ...SUBSCRIBER,
  text("value band", (row, say) =>
    BANDS.has(row.valueBand) ? say(row.valueBand as ListText) : row.valueBand,
  ),
  number("probability", (row) => row.probability),
  text("tier", (row) => row.tier),
  number("warning signs", (row) => row.signCount),
  ...SIGN_NAMES.map((name) =>
    text<AtRisk>(SIGNS[name], (row, say) => {
      const sign = row.signs[name];
      return sign === null ? null : say(YES[`${sign}`]);
    }),
  ),
  ...PROFILE,
  ...REASON,
];
/** Names of the default value bands, which are translated; others are the operator's own. */
const BANDS: ReadonlySet<string> = new Set(["important", "main", "ordinary", "small"]);

export const MIGRATION_COLUMNS: readonly ListColumn<MigrationList["rows"][number]>[] = [
  text("subscriber", (row) => row.subscriber),
  text("tariff", (row) => row.tariff),
  text("cheapest tariff", (row) => row.cheapestTariff),
  money("costs now", (row) => row.cost),
  money("would cost", (row) => row.cheapestCost),
  money("saving a month", (row) => row.saving),
  money("mean bill", (row) => row.revenue),
  text("kind of group", (row) => row.groupKind),
  text("region", (row) => row.region),
];

/** A list as columns of a table for a file; money is rounded to hundredths. */
export function tableColumns<Row>(
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  locale: LocaleName,
): { readonly heads: string[]; readonly columns: Column[] } {
  const say = listWords(locale);
  return {
    heads: columns.map(({ head }) => say(head)),
    columns: columns.map(({ kind, cell }, place): Column => {
      const name = String(place);
      const cells = rows.map((row) => cell(row, say));
      if (kind === "text")
        return { kind, name, values: cells.map((each) => (each === null ? null : String(each))) };
      const values = Float64Array.from(cells, (each) =>
        typeof each === "number" ? rounded(each, kind) : Number.NaN,
      );
      return { kind: "numeric", name, values };
    }),
  };
}

function rounded(value: number, kind: "money" | "number"): number {
  const digits = kind === "money" ? 100 : 10_000;
  return Math.round(value * digits) / digits;
}

/** The lists by the names of their files, and their columns. */
export const LIST_FILES = {
  silent: "silent.csv",
  newcomers: "newcomers.csv",
  atRisk: "at-risk.csv",
  migration: "migration.csv",
} as const satisfies Readonly<Record<"silent" | "newcomers" | "atRisk" | "migration", string>>;

/** Whether all is there that a list of {@link MondayLists} has. */
export function isMondayLists(lists: unknown): lists is MondayLists {
  const { silent, newcomers, atRisk } = (lists ?? {}) as Partial<MondayLists>;
  return [silent, newcomers, atRisk].every((list) => Array.isArray(list?.rows));
}
