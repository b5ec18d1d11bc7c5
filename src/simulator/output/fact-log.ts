import { GrowingFloat64, GrowingInt32 } from "../../table/growing/growing-array.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { CAUSES, type Cause, MONTHLY_CAUSES, type MonthlyCause } from "../departure/causes.js";
import { subscriberId } from "../life/subscriber-profile.js";
import { OFFER_NAMES, type OfferName } from "../market/offers.js";

/** A `subscriber` is given as a position and becomes an id. */
type ColumnType = "subscriber" | "text" | "category" | "number" | "date";
/** Dates in days since 1970-01-01; missing = NaN or null. */
type Cell = string | number | null;

/** The columns of a simulated history, by the names of the standard tables. */
const FACT_COLUMNS = {
  subscribers: {
    subscriber_id: "subscriber",
    activated_on: "date",
    ended_on: "date",
    end_reason: "category",
    region: "category",
    dealer_id: "category",
    payment_kind: "category",
    birth_year: "number",
    preferred_channel: "category",
    discount: "number",
  },
  tariffs: {
    subscriber_id: "subscriber",
    tariff: "category",
    monthly_fee: "number",
    contract_until: "date",
    valid_from: "date",
    valid_to: "date",
  },
  usage: {
    subscriber_id: "subscriber",
    month: "date",
    known_at: "date",
    minutes: "number",
    data_gb: "number",
    sms: "number",
    dropped_calls: "number",
  },
  billing: {
    subscriber_id: "subscriber",
    month: "date",
    known_at: "date",
    revenue: "number",
    overage: "number",
    margin: "number",
  },
  payments: {
    subscriber_id: "subscriber",
    paid_on: "date",
    known_at: "date",
    amount: "number",
    days_late: "number",
    balance: "number",
  },
  memberships: {
    subscriber_id: "subscriber",
    group_id: "text",
    group_kind: "category",
    valid_from: "date",
    valid_to: "date",
  },
  services: { subscriber_id: "subscriber", service: "category", valid_from: "date", valid_to: "date" },
  events: { subscriber_id: "subscriber", at: "date", known_at: "date", kind: "category", value: "number" },
  contacts: {
    subscriber_id: "subscriber",
    at: "date",
    channel: "category",
    offer: "category",
    campaign: "category",
    manager: "category",
    outcome: "category",
    known_at: "date",
  },
  managers: {
    group_id: "text",
    manager: "category",
    contact_person: "text",
    valid_from: "date",
    valid_to: "date",
  },
  prices: {
    tariff: "category",
    product: "category",
    fee: "number",
    included: "number",
    price_beyond: "number",
    valid_from: "date",
    valid_to: "date",
  },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

/** Only on request. */
const DAILY_COLUMNS = {
  activity: {
    subscriber_id: "subscriber",
    day: "date",
    minutes: "number",
    data_gb: "number",
    balance: "number",
  },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

const MONTHLY_EFFECTS = Object.fromEntries(MONTHLY_CAUSES.map((cause) => [cause, "number"])) as Record<
  MonthlyCause,
  "number"
>;
const EFFECTS = Object.fromEntries(CAUSES.map((cause) => [cause, "number"])) as Record<Cause, "number">;
const OFFER_EFFECTS = Object.fromEntries(OFFER_NAMES.map((name) => [name, "number"])) as Record<
  OfferName,
  "number"
>;

/** The truth, which an operator could not know. */
const TRUTH_COLUMNS = {
  causes: { subscriber_id: "subscriber", month: "date", hazard: "number", ...MONTHLY_EFFECTS },
  triggers: {
    subscriber_id: "subscriber",
    trigger: "category",
    day: "date",
    until: "date",
    effect: "number",
  },
  departures: {
    subscriber_id: "subscriber",
    ended_on: "date",
    kind: "category",
    cause: "category",
    ...EFFECTS,
  },
  offers: {
    subscriber_id: "subscriber",
    at: "date",
    offer: "category",
    outcome: "category",
    ...OFFER_EFFECTS,
  },
  properties: {
    subscriber_id: "subscriber",
    is_bulk_card: "number",
    coverage: "number",
    receptivity: "number",
    lateness: "number",
    has_handset: "number",
  },
  relations: {
    group_id: "text",
    month: "date",
    stage: "category",
    hazard: "number",
    manager_effect: "number",
    contact_person_effect: "number",
  },
  dealers: {
    dealer_id: "category",
    kind: "category",
    effect: "number",
    bulk_share: "number",
    bulk_use: "number",
    bulk_ends_from: "number",
    bulk_ends_to: "number",
    is_in_batches: "number",
  },
  shocks: { shock: "text", month: "date", region: "category", effect: "text" },
  offer_terms: { offer: "text", cost: "number", months: "number", about: "text" },
  cause_means: { cause: "text", mean: "number" },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

/** The name of a fact table that the simulator makes. */
export type FactName = keyof typeof FACT_COLUMNS;
/** The name of a table of the truth that the simulator makes. */
export type TruthName = keyof typeof TRUTH_COLUMNS;
export const FACT_NAMES = Object.keys(FACT_COLUMNS) as FactName[];
export const TRUTH_NAMES = Object.keys(TRUTH_COLUMNS) as TruthName[];

/** The history of simulated subscribers: the facts in the standard tables, and the truth. */
export interface OperatorTables extends Readonly<Record<FactName, Table>> {
  /** Where `daily` is set. */
  readonly activity?: Table;
  readonly truth: Readonly<Record<TruthName, Table>>;
}

/** Ids of subscribers as texts, or as the numbers in them, which take less time to write. */
export type IdForm = "texts" | "numbers";

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

  /** A row of a subscriber and month: its hazard and one number per cause. */
  addEffects(position: number, day: number, hazard: number, effects: readonly number[]): void {
    this.columns[0].push(position);
    this.columns[1].push(day);
    this.columns[2].push(hazard);
    for (let i = 3; i < this.columns.length; i++) this.columns[i].push(effects[i - 3]);
  }

  finish(ids: IdForm): Table {
    return createTable(this.columns.map((column) => column.finish(ids)));
  }
}

/** Takes the facts and the truth, by table. */
export type FactLog = Readonly<Record<FactName | TruthName | "activity", RowLog>>;

export function createFactLog(): FactLog {
  const logs = Object.entries({ ...FACT_COLUMNS, ...DAILY_COLUMNS, ...TRUTH_COLUMNS }).map(
    ([name, types]) => [name, new RowLog(types)] as const,
  );
  return Object.fromEntries(logs) as FactLog;
}

export function finishFactLog(log: FactLog, isDaily: boolean, ids: IdForm): OperatorTables {
  const tablesOf = <Name extends FactName | TruthName>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, log[name].finish(ids)])) as Record<Name, Table>;
  const daily = isDaily ? { activity: log.activity.finish(ids) } : {};
  return { ...tablesOf(FACT_NAMES), ...daily, truth: tablesOf(TRUTH_NAMES) };
}

interface GrowingColumn {
  push(cell: Cell): void;
  finish(ids: IdForm): Column;
}

function growingColumn(name: string, type: ColumnType): GrowingColumn {
  if (type === "subscriber") {
    const positions = new GrowingFloat64();
    return {
      push: (cell) => positions.push(cell as number),
      finish: (ids) => {
        const values = positions.finish();
        return ids === "numbers"
          ? { kind: "numeric", name, values }
          : { kind: "text", name, values: idsOf(values) };
      },
    };
  }
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

/** Rows of a subscriber follow each other, so that most share the text of the one before. */
function idsOf(positions: Float64Array): string[] {
  let last = -1;
  let id = "";
  return Array.from(positions, (position) => {
    if (position !== last) id = subscriberId(position);
    last = position;
    return id;
  });
}
