/**
 * History: from raw facts to snapshots, one row per subscriber and cutoff.
 *
 * `openHistory` maps files, tables and queries to the standard tables and checks them. `snapshots` looks at every
 * subscriber at each cutoff *t*: features see the facts of the observation window [t − observe, t) that were known
 * before t, the label says whether churn fell into the prediction window [t + gap, t + gap + horizon). `splitByTime`
 * keeps training and test apart by time.
 *
 * What counts as churn is a definition: `disconnected`, `voluntary`, `involuntary`, `inactive`, `partialChurn`, `serviceChurn`,
 * `noPurchase`, or several joined by `anyOf`. Features come in families (`tenure`, `arpu`, `tariff`, `usageTrend`,
 * `payments`, `care`, `contacts`, `activity`, `managers`, `prices`, `group`, `services`, `season`, `profile`), by default all that the
 * history has tables for (`defaultFeatures`); `featuresFrom` makes a family of SQL expressions.
 *
 * The same features elsewhere: `snapshotSql` writes the query for PostgreSQL or Spark, `vectorOf` and
 * `vectorFromFacts` make the row of one subscriber online, to the bit as the batch does.
 *
 * @example
 * import { disconnected, monthly, openHistory, snapshots, splitByTime } from "holdfast/history";
 *
 * const history = await openHistory("datasets/simulated");
 * const table = await snapshots(history, { at: monthly("2025-02", "2025-06"), horizon: 3, churn: disconnected() });
 * history.close();
 * const { train, test } = splitByTime(table, { column: "cutoff", testFrom: "2025-06", embargo: 0 });
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { anyOf } from "./churn/any-of.js";
export { disconnected, involuntary, voluntary } from "./churn/disconnected.js";
export { inactive } from "./churn/inactive.js";
export { noPurchase } from "./churn/no-purchase.js";
export { partialChurn } from "./churn/partial-churn.js";
export { serviceChurn } from "./churn/service-churn.js";
export { activity } from "./families/activity.js";
export { arpu } from "./families/arpu.js";
export { care } from "./families/care.js";
export { contacts } from "./families/contacts.js";
export { dealer } from "./families/dealer.js";
export { defaultFeatures } from "./families/default-features.js";
export { featuresFrom } from "./families/features-from.js";
export { group } from "./families/group.js";
export { managers } from "./families/managers.js";
export { payments } from "./families/payments.js";
export { prices } from "./families/prices.js";
export { profile } from "./families/profile.js";
export { season } from "./families/season.js";
export { services } from "./families/services.js";
export { tariff } from "./families/tariff.js";
export { tenure } from "./families/tenure.js";
export { usageTrend } from "./families/usage-trend.js";
export { openHistory } from "./history.js";
export { populationFigures } from "./population-figures.js";
export { snapshotSql } from "./snapshot-sql.js";
export { describeFeatures, snapshots, writeSnapshots } from "./snapshots.js";
export { splitByTime } from "./split-by-time.js";
export { vectorFromFacts } from "./vector-from-facts.js";
export { vectorOf } from "./vector-of.js";
export { monthly } from "./windows/windows.js";

// The types of their arguments and results.

export type {
  PostgresClient,
  PostgresConfig,
  PostgresConnection,
  PostgresPool,
} from "../database/postgres/connection.js";
export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { TableFormat } from "../formats/formats.js";
export type { LongWork, ProgressEvent } from "../progress.js";
export type { CategoricalColumn, Column, NumericColumn, Table, TextColumn } from "../table/column.js";
export type * from "../table/grammar/types.js";
export type { ProblemPolicy } from "./checks/check-facts.js";
export type * from "./churn/types.js";
export type { FactRow, SubscriberFacts } from "./fact-relations.js";
export type { CareOptions, ContactKinds } from "./families/care.js";
export type { ContactsOptions } from "./families/contacts.js";
export type { FeatureExpression, FeaturesFromOptions } from "./families/features-from.js";
export type { History } from "./history.js";
export type { OpenSourcesOptions } from "./open-sources.js";
export type { SqlDialect } from "./query/dialect.js";
export type { FeatureFamily } from "./query/feature.js";
export type { PopulationFigures, PopulationRows } from "./query/population.js";
export type * from "./report/history-report.js";
export type { SnapshotOptions, VectorOptions } from "./snapshot-options.js";
export type { SnapshotSql, SnapshotSqlOptions } from "./snapshot-sql.js";
export type { FeatureDescription, SnapshotSummary } from "./snapshots.js";
export type { DatabaseLimits } from "./sources/fact-database.js";
export type {
  AbsentMonths,
  DuckDBSource,
  FactSource,
  HistorySources,
  MappedSource,
  NamedColumn,
  PostgresSource,
} from "./sources/fact-source.js";
export type { HistoryFormats } from "./sources/source-mapping.js";
export type { SplitByTimeOptions, TimeSplit } from "./split-by-time.js";
export type { FactColumn, FactKind, FactTableName, HistorySchema } from "./standard-tables.js";
export type { VectorFromFactsOptions } from "./vector-from-facts.js";
export type { SubscriberVector, VectorOfOptions } from "./vector-of.js";
export type { Span } from "./windows/span.js";
export type { WindowOptions } from "./windows/windows.js";
