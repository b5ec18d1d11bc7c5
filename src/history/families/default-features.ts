import type { FeatureFamily } from "../query/feature.js";
import type { HistorySchema } from "../standard-tables.js";
import { arpu } from "./arpu.js";
import { care } from "./care.js";
import { group } from "./group.js";
import { payments } from "./payments.js";
import { profile } from "./profile.js";
import { season } from "./season.js";
import { services } from "./services.js";
import { tariff } from "./tariff.js";
import { tenure } from "./tenure.js";
import { usageTrend } from "./usage-trend.js";

/**
 * All families that a history has facts for.
 * @example defaultFeatures(history.schema).map(({ name }) => name) // ["profile", "tenure", "arpu", …]
 */
export function defaultFeatures(schema: HistorySchema): FeatureFamily[] {
  const families = [
    profile(),
    tenure(),
    arpu(),
    tariff(),
    group(),
    usageTrend(),
    payments(),
    services(),
    care(),
    season(),
  ];
  const tables = new Set(Object.keys(schema));
  return families.filter(({ needs }) => needs.every((table) => tables.has(table)));
}
