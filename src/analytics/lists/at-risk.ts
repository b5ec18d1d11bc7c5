import type { LocaleName } from "../../explain/reasons/locales.js";
import { percent } from "../../printing/numbers.js";
import { listed } from "../../printing/prose.js";
import type { FactsQuery } from "../query/facts-query.js";
import { SUBSCRIBERS_AT } from "../query/subscribers-at.js";
import type { HighValue } from "./high-value.js";
import type { SayList } from "./list-words.js";
import {
  COMMON_SQL,
  type CommonRow,
  commonOf,
  type ListedSubscriber,
  listOf,
  type SubscriberList,
} from "./listed-subscriber.js";
import type { ModelRisk } from "./model-risk.js";
import { SIGN_NAMES, SIGNS, signsOf, type WarningSigns } from "./warning-signs.js";

/** A subscriber of high value at risk of leaving. */
export interface AtRisk extends ListedSubscriber {
  /** Such as `important`. */
  readonly valueBand: string;
  readonly signs: WarningSigns;
  /** How many signs there are. */
  readonly signCount: number;
  /** By the model; null without one. */
  readonly probability: number | null;
  readonly tier: string | null;
  /** By which the list is sorted: probability × revenue with a model, else the number of signs × revenue; in money per month. */
  readonly priority: number;
}

/** The list of subscribers of high value at risk. */
export interface AtRiskList extends SubscriberList<AtRisk> {
  /** By what the risk is known. */
  readonly by: "model" | "warning signs";
  /** How many are of high value, and from which mean bill on; 0 and null where it is not known. */
  readonly highValue: number;
  readonly highValueFrom: number | null;
}

type SignedRow = CommonRow & { readonly [Sign in keyof WarningSigns]: number | null } & {
  readonly signs: number;
};

/** What a list of subscribers at risk is made of. */
export interface AtRiskParts {
  readonly value: HighValue;
  /** By subscriber, those that the model puts above its lowest tier; undefined without a model. */
  readonly risks: ReadonlyMap<string, ModelRisk> | undefined;
  readonly locale: LocaleName;
  readonly say: SayList;
}

/** Subscribers of high value that have a warning sign, or that the model puts above its lowest tier. */
export async function atRiskList(
  query: FactsQuery,
  { value, risks, locale, say }: AtRiskParts,
): Promise<AtRiskList> {
  const rows = await query.rows<SignedRow>(`
SELECT ${COMMON_SQL}, ${SIGN_NAMES.map((name) => `w."${name}"`).join(", ")}, w.signs
FROM ${SUBSCRIBERS_AT} s JOIN warning_signs w ON w.subscriber_id = s.subscriber_id
WHERE s.revenue >= ${value.from} AND ${risks === undefined ? "w.signs > 0" : "s.subscriber_id IN (SELECT subscriber_id FROM model_risks)"}`);
  const listedRows = rows.map((row): AtRisk => {
    const signs = signsOf(row);
    const risk = risks?.get(row.subscriber_id);
    const revenue = row.revenue ?? 0;
    const told = SIGN_NAMES.filter((name) => signs[name] === true).map((name) => say(SIGNS[name]));
    const reasons = risk === undefined ? told : [probabilityText(risk, say), ...risk.reasons, ...told];
    return {
      ...commonOf(row),
      valueBand: value.bands.find(({ from }) => revenue >= from)?.name ?? "",
      signs,
      signCount: row.signs,
      probability: risk?.probability ?? null,
      tier: risk?.tier ?? null,
      priority: (risk?.probability ?? row.signs) * revenue,
      reason: listed({ locale }, [...new Set(reasons)]),
    };
  });
  // Ids compare by code units, as in SQL.
  listedRows.sort((a, b) => b.priority - a.priority || (a.subscriber < b.subscriber ? -1 : 1));
  return {
    ...listOf(listedRows),
    by: risks === undefined ? "warning signs" : "model",
    highValue: value.subscribers,
    highValueFrom: value.from,
  };
}

function probabilityText({ probability }: ModelRisk, say: SayList): string {
  return say("leaves with a probability of {probability}", { probability: percent(probability) });
}
