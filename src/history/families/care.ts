import { checkOptions, checkTexts, type OptionNames } from "../../arguments.js";
import { quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import { invalidArgument } from "../../errors.js";
import { double, tenThousandths } from "../query/expressions.js";
import { type FeatureFamily, numeric } from "../query/feature.js";

/** The `events.kind`s of each kind of contact. */
export type ContactKinds = Readonly<Record<string, readonly string[]>>;

const STANDARD_KINDS: ContactKinds = {
  complaints: ["complaint"],
  calls: ["service_call"],
  retention_contacts: ["retention_contact"],
  network_faults: ["network_fault"],
  competitor_calls: ["competitor_call"],
  porting_enquiries: ["porting_enquiry"],
  payment_reminders: ["payment_reminder"],
};
/** About three months. */
const RECENT_DAYS = 91;

/** Options of {@link care}. */
export interface CareOptions {
  /**
   * Name of the contacts → `events.kind`s. Default: complaints, calls, retention_contacts, network_faults,
   * competitor_calls, porting_enquiries and payment_reminders.
   */
  readonly kinds?: ContactKinds | undefined;
}

const OPTIONS: OptionNames<CareOptions> = { kinds: "optional" };

/**
 * Contacts between the subscriber and the operator: complaints, calls, offers to stay, network faults, reminders of
 * unpaid bills; and calls to competitors and enquiries about taking the number along.
 * @example care({ kinds: { complaints: ["complaint"], 投诉: ["资费投诉", "网络投诉"] } })
 * @throws HoldfastError for a kind of contact without a kind of event.
 */
export function care(options: CareOptions = {}): FeatureFamily {
  checkOptions("care", options, OPTIONS, "options", kindsHint);
  const { kinds = STANDARD_KINDS } = options;
  if (typeof kinds !== "object" || kinds === null || Array.isArray(kinds)) {
    const expected = "must be an object of names and kinds of events";
    invalidArgument("care", "kinds", expected, kinds, kindsHint(kinds));
  }
  for (const [name, named] of Object.entries(kinds)) {
    checkTexts("care", `kinds.${name}`, named);
    if (named.length === 0)
      invalidArgument("care", `kinds.${name}`, "must name at least one kind of event", named);
  }
  return {
    name: "care",
    needs: ["events"],
    plan(view) {
      const contacts = Object.entries(kinds);
      if (contacts.length === 0) return { joins: [], features: [] };
      const hasValue = view.has("events", "value");
      const sums = contacts.flatMap(([name, named]) => {
        const isKind = `kind IN (${named.map(quoteLiteral).join(", ")})`;
        const count = (when: string) => `sum(CASE WHEN ${isKind}${when} THEN 1 ELSE 0 END)`;
        const value = (when: string) =>
          `CAST(sum(CASE WHEN ${isKind}${when} THEN ${tenThousandths("value")} END) AS bigint)`;
        const isRecent = ` AND days_ago <= ${RECENT_DAYS}`;
        return [
          `${count("")} AS ${quoteIdentifier(name)}`,
          `${count(isRecent)} AS ${quoteIdentifier(`${name}_3m`)}`,
          `min(CASE WHEN ${isKind} THEN days_ago END) AS ${quoteIdentifier(`${name}_days`)}`,
          ...(hasValue
            ? [
                `${value("")} AS ${quoteIdentifier(`${name}_value`)}`,
                `${value(isRecent)} AS ${quoteIdentifier(`${name}_value_3m`)}`,
              ]
            : []),
        ];
      });
      const relation = view.relation(
        "contact_counts",
        [
          `SELECT subscriber_id, cutoff,\n  ${sums.join(",\n  ")}`,
          `FROM ${view.seen("events")}`,
          "GROUP BY subscriber_id, cutoff",
        ].join("\n"),
      );
      const column = (name: string) => `${relation}.${quoteIdentifier(name)}`;
      const features = contacts.flatMap(([name]) => {
        const text = name.replaceAll("_", " ");
        const value = (own: string) => `coalesce(${double(column(own))} / 10000, 0)`;
        return [
          numeric(name, "count", `coalesce(${column(name)}, 0)`, `${text} in the observation window`),
          numeric(
            `${name}_3m`,
            "count",
            `coalesce(${column(`${name}_3m`)}, 0)`,
            `${text} in the last three months`,
          ),
          numeric(`days_since_${name}`, "days", column(`${name}_days`), `time since the last of the ${text}`),
          ...(hasValue
            ? [
                numeric(
                  `${name}_value`,
                  "sum of values",
                  value(`${name}_value`),
                  `total value of ${text} in the observation window`,
                ),
                numeric(
                  `${name}_value_3m`,
                  "sum of values",
                  value(`${name}_value_3m`),
                  `total value of ${text} in the last three months`,
                ),
              ]
            : []),
        ];
      });
      return { joins: [{ relation }], features };
    },
  };
}

/** `care(["complaint"])` is meant to name kinds of events. */
function kindsHint(instead: unknown): string {
  const kinds = typeof instead === "string" ? [instead] : instead;
  const shown = Array.isArray(kinds) && kinds.length > 0 ? kinds : ["complaint"];
  return `write care({ kinds: { complaints: ${JSON.stringify(shown)} } })`;
}
