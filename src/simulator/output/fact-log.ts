import { GrowingFloat64, GrowingInt32 } from "../../table/growing/growing-array.js";
import { type Column, createTable, type Table } from "../../table/table.js";

type ColumnType = "text" | "category" | "number" | "date";
/** Dates in days since 1970-01-01; missing = NaN or null. */
type Cell = string | number | null;

/** The columns of a simulated history, by the names of the standard tables. */
const FACT_COLUMNS = {
  subscribers: {
    subscriber_id: "text",
    activated_on: "date",
    ended_on: "date",
    end_reason: "category",
    region: "category",
    dealer_id: "category",
    payment_kind: "category",
    birth_year: "number",
  },
  tariffs: {
    subscriber_id: "text",
    tariff: "category",
    monthly_fee: "number",
    contract_until: "date",
    valid_from: "date",
    valid_to: "date",
  },
  usage: {
    subscriber_id: "text",
    month: "date",
    known_at: "date",
    minutes: "number",
    data_gb: "number",
    sms: "number",
  },
  billing: {
    subscriber_id: "text",
    month: "date",
    known_at: "date",
    revenue: "number",
    overage: "number",
  },
  payments: {
    subscriber_id: "text",
    paid_on: "date",
    known_at: "date",
    amount: "number",
    days_late: "number",
    balance: "number",
  },
  memberships: {
    subscriber_id: "text",
    group_id: "text",
    group_kind: "category",
    valid_from: "date",
    valid_to: "date",
  },
  services: { subscriber_id: "text", service: "category", valid_from: "date", valid_to: "date" },
  events: { subscriber_id: "text", at: "date", known_at: "date", kind: "category", value: "number" },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

/** The truth, which an operator could not know. */
const TRUTH_COLUMNS = {
  hazards: { subscriber_id: "text", month: "date", hazard: "number" },
  offers: {
    subscriber_id: "text",
    at: "date",
    is_offered: "number",
    effect: "number",
    probability_without: "number",
    probability_with: "number",
  },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

/** The name of a fact table that the simulator makes. */
export type FactName = keyof typeof FACT_COLUMNS;
/** The name of a table of true hazards that the simulator makes. */
export type TruthName = keyof typeof TRUTH_COLUMNS;
export const FACT_NAMES = Object.keys(FACT_COLUMNS) as FactName[];
export const TRUTH_NAMES = Object.keys(TRUTH_COLUMNS) as TruthName[];

/** The history of simulated subscribers: the facts in the standard tables, and the truth. */
export interface OperatorTables extends Readonly<Record<FactName, Table>> {
  readonly truth: Readonly<Record<TruthName, Table>>;
}

/** Collects the rows of one table. */
export class RowLog {
  private readonly columns: readonly GrowingColumn[];

  constructor(types: Readonly<Record<string, ColumnType>>) {
    this.columns = Object.entries(types).map(([name, type]) => growingColumn(name, type));
  }

  /** One row, its cells in the order of the columns. */
  add(...cells: readonly Cell[]): void {
    for (let i = 0; i < cells.length; i++) this.columns[i].push(cells[i]);
  }

  finish(): Table {
    return createTable(this.columns.map((column) => column.finish()));
  }
}

/** Takes the facts and the truth, by table. */
export type FactLog = Readonly<Record<FactName | TruthName, RowLog>>;

export function createFactLog(): FactLog {
  const logs = Object.entries({ ...FACT_COLUMNS, ...TRUTH_COLUMNS }).map(
    ([name, types]) => [name, new RowLog(types)] as const,
  );
  return Object.fromEntries(logs) as FactLog;
}

export function finishFactLog(log: FactLog): OperatorTables {
  const tablesOf = <Name extends FactName | TruthName>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, log[name].finish()])) as Record<Name, Table>;
  return { ...tablesOf(FACT_NAMES), truth: tablesOf(TRUTH_NAMES) };
}

interface GrowingColumn {
  push(cell: Cell): void;
  finish(): Column;
}

function growingColumn(name: string, type: ColumnType): GrowingColumn {
  if (type === "text") {
    const values: (string | null)[] = [];
    return {
      push: (cell) => values.push(cell as string | null),
      finish: () => ({ kind: "text", name, values }),
    };
  }
  if (type === "category") {
    const codes = new GrowingInt32();
    const codeOf = new Map<Cell, number>();
    return {
      push: (cell) => {
        if (cell !== null && !codeOf.has(cell)) codeOf.set(cell, codeOf.size);
        codes.push(cell === null ? -1 : (codeOf.get(cell) ?? -1));
      },
      finish: () => ({
        kind: "categorical",
        name,
        codes: codes.finish(),
        categories: [...codeOf.keys()] as string[],
      }),
    };
  }
  const values = new GrowingFloat64();
  const isDate = type === "date";
  return {
    push: (cell) => values.push(cell === null ? Number.NaN : (cell as number)),
    finish: () => ({ kind: "numeric", name, values: values.finish(), ...(isDate ? { isDate } : {}) }),
  };
}
