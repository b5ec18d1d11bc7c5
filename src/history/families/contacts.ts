import { checkOptions, type OptionNames, textsProblem } from "../../arguments.js";
import { quoteLiteral } from "../../database/duckdb/session.js";
import { argumentProblem, Problems } from "../../errors.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { categorical, type FeatureFamily, numeric } from "../query/feature.js";

/** About three months. */
const RECENT_DAYS = 91;

/** Options of {@link contacts}: which `contacts.outcome`s mean what. */
export interface ContactsOptions {
  /** The offer was accepted. Default `["accepted"]`. */
  readonly accepted?: readonly string[] | undefined;
  /** The offer was refused. Default `["refused"]`. */
  readonly refused?: readonly string[] | undefined;
  /** The subscriber was not reached. Default `["no_answer"]`. */
  readonly unanswered?: readonly string[] | undefined;
  /** Drawn for a campaign as its control group, and not contacted: counts as no contact. Default `["held_out"]`. */
  readonly heldOut?: readonly string[] | undefined;
}

const OPTIONS: OptionNames<ContactsOptions> = {
  accepted: "optional",
  refused: "optional",
  unanswered: "optional",
  heldOut: "optional",
};

/** The features that count outcomes. */
const COUNTED = [
  { option: "accepted", name: "offers_accepted", text: "offers accepted in the observation window" },
  { option: "refused", name: "offers_refused", text: "offers refused in the observation window" },
  { option: "unanswered", name: "contacts_unanswered", text: "contacts without an answer" },
] as const;

/** The features that tell what the last contact was. */
const OF_LAST = [
  { column: "offer", name: "last_offer", text: "offer of the last contact" },
  { column: "channel", name: "last_channel", text: "channel of the last contact" },
  { column: "outcome", name: "last_outcome", text: "outcome of the last contact" },
] as const;

/**
 * Contacts of campaigns with the subscriber: how many, how long ago, and what became of their offers. Subscribers of a control
 * group, who were drawn and not contacted, count as not contacted. Of several contacts of the last day, the greatest offer,
 * channel and outcome count, in the order of texts.
 * @example contacts({ accepted: ["accepted", "接受"], heldOut: ["control"] })
 * @throws HoldfastError for lists of outcomes that are no texts, that are empty, except `heldOut`, or that share an outcome.
 */
export function contacts(options: ContactsOptions = {}): FeatureFamily {
  checkOptions("contacts", options, OPTIONS, "options", outcomesHint);
  const { accepted = ["accepted"], refused = ["refused"] } = options;
  const { unanswered = ["no_answer"], heldOut = ["held_out"] } = options;
  const outcomes = { accepted, refused, unanswered, heldOut };
  checkOutcomes(outcomes);
  return {
    name: "contacts",
    needs: ["contacts"],
    plan(view) {
      const hasOutcome = view.has("contacts", "outcome");
      const counted = hasOutcome ? COUNTED : [];
      const ofLast = OF_LAST.filter(({ column }) => view.has("contacts", column));
      const sums = [
        "count(*) AS contacts",
        `sum(CASE WHEN days_ago <= ${RECENT_DAYS} THEN 1 ELSE 0 END) AS recent`,
        "min(days_ago) AS last_days",
        ...counted.map(({ option, name }) => {
          return `sum(CASE WHEN outcome IN (${listed(outcomes[option])}) THEN 1 ELSE 0 END) AS ${name}`;
        }),
        ...ofLast.map(
          ({ column, name }) => `max(CASE WHEN days_ago = last_days THEN ${column} END) AS ${name}`,
        ),
      ];
      const relation = view.relation(
        "contact_sums",
        [
          `SELECT subscriber_id, cutoff,\n  ${sums.join(",\n  ")}`,
          `FROM ${contactsMade(view, hasOutcome ? heldOut : [])}`,
          "GROUP BY subscriber_id, cutoff",
        ].join("\n"),
      );
      const count = (column: string) => `coalesce(${relation}.${column}, 0)`;
      return {
        joins: [{ relation }],
        features: [
          numeric("contacts", "count", count("contacts"), "contacts in the observation window"),
          numeric("contacts_3m", "count", count("recent"), "contacts in the last three months"),
          numeric("days_since_contact", "days", `${relation}.last_days`, "time since the last contact"),
          ...counted.map(({ name, text }) => numeric(name, "count", count(name), text)),
          ...ofLast.map(({ name, text }) => categorical(name, `${relation}.${name}`, text)),
        ],
      };
    },
  };
}

/** The relation of contacts that were made, with the days since the last one of the subscriber. */
function contactsMade(view: FactsInView, heldOut: readonly string[]): string {
  return view.relation(
    "contacts_made",
    [
      "SELECT *, min(days_ago) OVER (PARTITION BY subscriber_id, cutoff) AS last_days",
      `FROM ${view.seen("contacts")}`,
      ...(heldOut.length > 0 ? [`WHERE outcome IS NULL OR outcome NOT IN (${listed(heldOut)})`] : []),
    ].join("\n"),
  );
}

function listed(outcomes: readonly string[]): string {
  return outcomes.map(quoteLiteral).join(", ");
}

function checkOutcomes(outcomes: Readonly<Record<keyof ContactsOptions, unknown>>): void {
  const problems = new Problems();
  const optionOf = new Map<string, string>();
  for (const [option, named] of Object.entries(outcomes)) {
    const problem = textsProblem("contacts", option, named);
    if (problem !== undefined) {
      problems.add(problem);
      continue;
    }
    const texts = named as readonly string[];
    if (texts.length === 0 && option !== "heldOut") {
      problems.add(argumentProblem("contacts", option, "must name at least one outcome", texts));
    }
    for (const outcome of new Set(texts)) {
      const other = optionOf.get(outcome);
      if (other === undefined) optionOf.set(outcome, option);
      else problems.add(argumentProblem("contacts", option, `must not name an outcome of ${other}`, outcome));
    }
  }
  problems.throwIfAny();
}

/** `contacts(["accepted"])` is meant to name outcomes. */
function outcomesHint(instead: unknown): string {
  const outcomes = typeof instead === "string" ? [instead] : instead;
  const shown = Array.isArray(outcomes) && outcomes.length > 0 ? outcomes : ["accepted"];
  return `write contacts({ accepted: ${JSON.stringify(shown)} })`;
}
