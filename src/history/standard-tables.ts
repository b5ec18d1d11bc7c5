/** What a column of a standard table holds. In SQL: text, double precision, days since 1970-01-01, months since 1970-01. */
export type FactKind = "text" | "number" | "day" | "month";

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
  /** The meaning of columns with other names: attributes of the subscriber, measures of a month, or not read. */
  readonly otherColumns: "attributes" | "measures" | "ignored";
}

/** The name of one of the eight standard tables of a history. */
export type FactTableName = keyof typeof STANDARD_TABLES;

const required = (name: string, kind: FactKind): StandardColumn => ({ name, kind, isRequired: true });
const optional = (name: string, kind: FactKind): StandardColumn => ({ name, kind, isRequired: false });

const ID = required("subscriber_id", "text");
/** The first day on which the operator knew the fact; without it, the day of the fact itself. */
const KNOWN_AT = optional("known_at", "day");
/** An interval covers the days [valid_from, valid_to); without an end it is still open. */
const INTERVAL = [required("valid_from", "day"), optional("valid_to", "day"), KNOWN_AT];

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
    ],
    otherColumns: "attributes",
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
  },
  usage: {
    relation: "usage_facts",
    columns: [ID, required("month", "month"), KNOWN_AT],
    otherColumns: "measures",
  },
  billing: {
    relation: "billing_facts",
    columns: [ID, required("month", "month"), required("revenue", "number"), KNOWN_AT],
    otherColumns: "measures",
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
  },
  memberships: {
    relation: "membership_facts",
    columns: [ID, required("group_id", "text"), required("group_kind", "text"), ...INTERVAL],
    otherColumns: "ignored",
  },
  services: {
    relation: "service_facts",
    columns: [ID, required("service", "text"), ...INTERVAL],
    otherColumns: "ignored",
  },
  events: {
    relation: "event_facts",
    columns: [ID, required("at", "day"), required("kind", "text"), optional("value", "number"), KNOWN_AT],
    otherColumns: "ignored",
  },
} as const satisfies Record<string, Omit<StandardTable, "name">>;

export const FACT_TABLE_NAMES = Object.keys(STANDARD_TABLES) as FactTableName[];

export function standardTable(name: FactTableName): StandardTable {
  return { name, ...STANDARD_TABLES[name] };
}

/** A column of a history, by its standard name. */
export interface FactColumn {
  readonly name: string;
  readonly kind: FactKind;
  /** The source has no such column, and the relation has NULL: possible for `ended_on`, `end_reason`, `valid_to` and `known_at`. */
  readonly isAbsent?: true;
}

/** Columns that a relation always has, because every statement uses them; {@link FactColumn.isAbsent} where the source has none. */
export const ALWAYS_THERE: ReadonlySet<string> = new Set(["ended_on", "end_reason", "valid_to", "known_at"]);

/**
 * The tables and columns of a history. Each table is the relation {@link StandardTable.relation} with these columns, which
 * include those of {@link ALWAYS_THERE} that the standard table has.
 */
export type HistorySchema = { readonly [name in FactTableName]?: readonly FactColumn[] };
