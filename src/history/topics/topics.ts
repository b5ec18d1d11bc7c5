/**
 * What a feature is about, in an operator's words. Finer than the families of features, and not always within one: the end of
 * the contract is of the family `tenure`, and whoever asks why a subscriber may leave means the contract.
 */
export const TOPICS = [
  "tenure",
  "contract",
  "price and tariff",
  "customer care",
  "network faults",
  "network quality",
  "group",
  "payments",
  "usage",
  "services",
  "competition",
  "dealer",
  "offers",
  "profile",
  "season",
] as const;

/** What a feature is about. */
export type Topic = (typeof TOPICS)[number];

/** Measures of usage that count what went wrong with it, such as `dropped_calls`. */
export const MEASURES_QUALITY = /^(dropped|failed|blocked|lost)_/;

/** Topics by name, the first that fits. */
const BY_NAME: readonly (readonly [RegExp, Topic])[] = [
  [/^(tenure_months|tenure_band|is_new|months_to_anniversary)$/, "tenure"],
  [/^(months_to_contract_end|payment_kind)$/, "contract"],
  [/^(tariff|cheapest_tariff|months_on_tariff|discount)$|^(tariff|monthly_fee)_/, "price and tariff"],
  [/_(active_months|silent_months|recency)$/, "usage"],
  [MEASURES_QUALITY, "network quality"],
  [/^price_per_/, "price and tariff"],
  [/(^|_since_)network_faults/, "network faults"],
  [/(^|_since_)(complaints|calls)(_|$)/, "customer care"],
  [/(^|_since_)(competitor_calls|porting_enquiries)/, "competition"],
  [/(^|_since_)retention_contacts/, "offers"],
  [/(^|_since_)payment_reminders/, "payments"],
  [/^region$/, "competition"],
  [/^dealer/, "dealer"],
  // From month to month the bill follows what is used; how high it is as a rule goes with the tariff.
  [/^arpu_(last|change|last_to_mean|volatility|last_to_previous|slope)$/, "usage"],
];

/** Topics of the families whose other features are about one thing. */
const BY_FAMILY: ReadonlyMap<string, Topic> = new Map([
  ["profile", "profile"],
  ["tenure", "tenure"],
  ["arpu", "price and tariff"],
  ["tariff", "price and tariff"],
  ["prices", "price and tariff"],
  ["group", "group"],
  ["managers", "group"],
  ["usageTrend", "usage"],
  ["activity", "usage"],
  ["payments", "payments"],
  ["services", "services"],
  ["care", "customer care"],
  ["contacts", "offers"],
  ["dealer", "dealer"],
  ["season", "season"],
]);

/** Comparisons of months, which need a subscriber who was there in all of them. */
const OF_SEVERAL_MONTHS =
  /_(change|last_to_mean|volatility|last_to_previous|slope|last3_to_previous3|last7_to_previous28|last30_to_previous30)$/;

/**
 * What a feature of a snapshot is about; of a family of the caller, the family.
 * @param isMissing a comparison of months that is missing tells that the subscriber is new: its topic is `tenure`.
 */
export function topicOf(
  feature: { readonly name: string; readonly family: string },
  isMissing = false,
): string {
  const { name, family } = feature;
  if (!BY_FAMILY.has(family)) return family;
  if (isMissing && OF_SEVERAL_MONTHS.test(name)) return "tenure";
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? BY_FAMILY.get(family) ?? family;
}
