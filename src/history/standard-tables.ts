/** What a column of a standard table holds. In SQL: text, double precision, days since 1970-01-01, months since 1970-01. */
export type FactKind = "text" | "number" | "day" | "month";

/** The types of DuckDB of what columns hold. */
export const SQL_TYPES: Readonly<Record<FactKind, string>> = {
  text: "VARCHAR",
  number: "DOUBLE",
  day: "INTEGER",
  month: "INTEGER",
};

/** A named column of a standard table. */
export interface StandardColumn {
  readonly name: string;
  readonly kind: FactKind;
  readonly isRequired: boolean;
}

/** One of the tables of subscriber history. */
export interface StandardTable {
  readonly name: FactTableName;
  /** The relation that holds it in SQL, with days and months as whole numbers. */
  readonly relation: string;
  readonly columns: readonly StandardColumn[];
  /** The meaning of columns with other names: attributes of the subscriber, measures of a month or day, or not read. */
  readonly otherColumns: "attributes" | "measures" | "ignored";
  /** How its facts lie in time: by this the relations of snapshots show those that were known before a cutoff. */
  readonly time: FactTime;
  /** The columns that say whom a row is about, of which each row must have one; without any, facts are about all subscribers. */
  readonly about: readonly string[];
}

/**
 * How the facts of a table lie in time, and the column of their day or month: a `lifetime` is that of the subscriber, a
 * `month` counts as its last day, an `interval` holds from its day on, what is `happening` happens on its day.
 */
export interface FactTime {
  readonly shape: "lifetime" | "month" | "interval" | "happening";
  readonly column: string;
  /** The first day on which it no longer holds. */
  readonly end?: string;
}

/** The name of one of the standard tables of a history. */
export type FactTableName = keyof typeof STANDARD_TABLES;

const required = (name: string, kind: FactKind): StandardColumn => ({ name, kind, isRequired: true });
const optional = (name: string, kind: FactKind): StandardColumn => ({ name, kind, isRequired: false });

const ID = required("subscriber_id", "text");
/** The first day on which the operator knew the fact; without it, the day of the fact itself. */
const KNOWN_AT = optional("known_at", "day");
/** An interval covers the days [valid_from, valid_to); without an end it is still open. */
const INTERVAL = [required("valid_from", "day"), optional("valid_to", "day"), KNOWN_AT];

const BY_MONTH: FactTime = { shape: "month", column: "month" };
const IN_INTERVAL: FactTime = { shape: "interval", column: "valid_from", end: "valid_to" };
const on = (column: string): FactTime => ({ shape: "happening", column });

/**
 * The tables by name. A fact of day *d* is seen at cutoff *t* where *d* < *t*; the facts of a month are those of its
 * last day. `ended_on` and `valid_to` are the first day on which the subscription, or the fact, no longer holds.
 */
export const STANDARD_TABLES = {
  subscribers: {
    relation: "subscriber_facts",
    columns: [
      ID,
      required("activated_on", "day"),
      optional("ended_on", "day"),
      optional("end_reason", "text"),
      optional("region", "text"),
      optional("dealer_id", "text"),
      optional("payment_kind", "text"),
      optional("birth_year", "number"),
      optional("birth_date", "day"),
      // Of a row with an end: the day on which the end became known.
      KNOWN_AT,
    ],
    otherColumns: "attributes",
    time: { shape: "lifetime", column: "activated_on", end: "ended_on" },
  },
  tariffs: {
    relation: "tariff_facts",
    columns: [
      ID,
      required("tariff", "text"),
      optional("monthly_fee", "number"),
      // The day before which the contract that was signed with this tariff can't be left, known from valid_from on.
      optional("contract_until", "day"),
      ...INTERVAL,
    ],
    otherColumns: "ignored",
    time: IN_INTERVAL,
  },
  usage: {
    relation: "usage_facts",
    columns: [ID, required("month", "month"), KNOWN_AT],
    otherColumns: "measures",
    time: BY_MONTH,
  },
  billing: {
    relation: "billing_facts",
    columns: [ID, required("month", "month"), required("revenue", "number"), KNOWN_AT],
    otherColumns: "measures",
    time: BY_MONTH,
  },
  payments: {
    relation: "payment_facts",
    columns: [
      ID,
      required("paid_on", "day"),
      required("amount", "number"),
      optional("days_late", "number"),
      // The balance of the account after the payment: what is left (prepaid), or owed (negative).
      optional("balance", "number"),
      KNOWN_AT,
    ],
    otherColumns: "ignored",
    time: on("paid_on"),
  },
  memberships: {
    relation: "membership_facts",
    columns: [ID, required("group_id", "text"), required("group_kind", "text"), ...INTERVAL],
    otherColumns: "ignored",
    time: IN_INTERVAL,
  },
  services: {
    relation: "service_facts",
    columns: [ID, required("service", "text"), ...INTERVAL],
    otherColumns: "ignored",
    time: IN_INTERVAL,
  },
  events: {
    relation: "event_facts",
    columns: [ID, required("at", "day"), required("kind", "text"), optional("value", "number"), KNOWN_AT],
    otherColumns: "ignored",
    time: on("at"),
  },
  contacts: {
    relation: "contact_facts",
    columns: [
      ID,
      required("at", "day"),
      optional("channel", "text"),
      optional("offer", "text"),
      optional("campaign", "text"),
      optional("manager", "text"),
      optional("outcome", "text"),
      KNOWN_AT,
    ],
    otherColumns: "ignored",
    time: on("at"),
  },
  activity: {
    relation: "activity_facts",
    columns: [ID, required("day", "day"), KNOWN_AT],
    otherColumns: "measures",
    time: on("day"),
  },
  managers: {
    relation: "manager_facts",
    columns: [
      optional("subscriber_id", "text"),
      optional("group_id", "text"),
      required("manager", "text"),
      optional("contact_person", "text"),
      ...INTERVAL,
    ],
    otherColumns: "ignored",
    time: IN_INTERVAL,
    about: ["subscriber_id", "group_id"],
  },
  answers: {
    relation: "answer_facts",
    columns: [ID, required("at", "day"), required("question", "text"), required("answer", "text"), KNOWN_AT],
    otherColumns: "ignored",
    time: on("at"),
  },
  // What a product costs in a tariff, from day to day: a measure of usage, or any other, such as the tariff itself.
  prices: {
    relation: "price_facts",
    columns: [
      required("tariff", "text"),
      required("product", "text"),
      // Of a month, with so many units; each unit beyond them has a price. Without one, 0.
      optional("fee", "number"),
      optional("included", "number"),
      optional("price_beyond", "number"),
      ...INTERVAL,
    ],
    otherColumns: "ignored",
    time: IN_INTERVAL,
    about: [],
  },
} as const satisfies Record<string, Omit<StandardTable, "name" | "about"> & Partial<StandardTable>>;

const SUBSCRIBERS = ["subscriber_id"] as const;

export const FACT_TABLE_NAMES = Object.keys(STANDARD_TABLES) as FactTableName[];

export function standardTable(name: FactTableName): StandardTable {
  return { name, about: SUBSCRIBERS, ...STANDARD_TABLES[name] };
}

/** A column of a history, by its standard name. */
export interface FactColumn {
  readonly name: string;
  readonly kind: FactKind;
  /** The source has no such column, and the relation has NULL: possible for `ended_on`, `end_reason`, `valid_to`, `known_at` and the ids of `managers`. */
  readonly isAbsent?: true;
  /** Of the month of usage or billing: what a month without a row says of an active subscriber. Default: no use, no bill. */
  readonly absentMonths?: "unknown";
}

/** Columns that a relation always has, because every statement uses them; {@link FactColumn.isAbsent} where the source has none. */
export const ALWAYS_THERE: ReadonlySet<string> = new Set([
  "ended_on",
  "end_reason",
  "valid_to",
  "known_at",
  "subscriber_id",
  "group_id",
]);

/**
 * The tables and columns of a history. Each table is the relation {@link StandardTable.relation} with these columns, which
 * include those of {@link ALWAYS_THERE} that the standard table has.
 */
export type HistorySchema = { readonly [name in FactTableName]?: readonly FactColumn[] };
