import { checkSchema } from "../check-history.js";
import type { FeatureFamily } from "../query/feature.js";
import type { HistorySchema } from "../standard-tables.js";
import { activity } from "./activity.js";
import { arpu } from "./arpu.js";
import { care } from "./care.js";
import { contacts } from "./contacts.js";
import { dealer } from "./dealer.js";
import { group } from "./group.js";
import { managers } from "./managers.js";
import { payments } from "./payments.js";
import { prices } from "./prices.js";
import { profile } from "./profile.js";
import { season } from "./season.js";
import { services } from "./services.js";
import { tariff } from "./tariff.js";
import { tenure } from "./tenure.js";
import { usageTrend } from "./usage-trend.js";

/** The default families, in the order of their features. A new one is a file and a line here. */
export const DEFAULT_FAMILIES: readonly (() => FeatureFamily)[] = [
  profile,
  tenure,
  arpu,
  tariff,
  group,
  usageTrend,
  payments,
  services,
  care,
  contacts,
  activity,
  managers,
  prices,
  dealer,
  season,
];

/**
 * All default families for whose features a history has the tables.
 * @throws HoldfastError for what is no schema.
 * @example defaultFeatures(history.schema).map(({ name }) => name) // ["profile", "tenure", "arpu", …]
 */
export function defaultFeatures(schema: HistorySchema): FeatureFamily[] {
  checkSchema("defaultFeatures", schema);
  const tables = new Set(Object.keys(schema));
  return DEFAULT_FAMILIES.map((create) => create()).filter(({ needs }) =>
    needs.every((table) => tables.has(table)),
  );
}
