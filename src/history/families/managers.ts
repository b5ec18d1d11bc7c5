import type { FactsInView } from "../query/facts-in-view.js";
import { type FeatureFamily, numeric } from "../query/feature.js";

/** About three months. */
const RECENT_DAYS = 91;
/** A day later than any. The manager of a subscriber goes before those of groups, as if it were of a group joined on it. */
const END_OF_TIME = 2_147_483_647;

/**
 * The account manager of the subscriber, and the person whom the manager talks to: whether there is one, how long, and how
 * often they changed. On each day the manager is the subscriber's own, or else that of the group joined last that has one, of
 * those that the subscriber is in at the cutoff.
 * @example snapshots(history, { at: "2025-07", features: [tenure(), managers()] })
 */
export function managers(): FeatureFamily {
  return {
    name: "managers",
    needs: ["managers"],
    plan(view) {
      const hasPerson = view.has("managers", "contact_person");
      const spells = managerSpells(view, hasPerson ? ["manager", "contact_person"] : ["manager"]);
      const manager = changesOf(view, spells, "manager");
      const since = (relation: string) =>
        `CASE WHEN ${relation}.is_present = 1 THEN active.cutoff - ${relation}.since END`;
      const count = (relation: string, column: string) => `coalesce(${relation}.${column}, 0)`;
      const features = [
        numeric("has_manager", "flag", count(manager, "is_present"), "has an account manager"),
        numeric("days_with_manager", "days", since(manager), "time with the account manager"),
        numeric(
          "manager_changes",
          "count",
          count(manager, "changes"),
          "changes of account manager in the observation window",
        ),
        numeric(
          "manager_changes_3m",
          "count",
          count(manager, "recent"),
          "changes of account manager in the last three months",
        ),
      ];
      if (!hasPerson) return { joins: [{ relation: manager }], features };
      const person = changesOf(view, spells, "contact_person");
      return {
        joins: [{ relation: manager }, { relation: person }],
        features: [
          ...features,
          numeric(
            "contact_person_changes",
            "count",
            count(person, "changes"),
            "changes of contact person in the observation window",
          ),
          numeric(
            "days_since_contact_person",
            "days",
            since(person),
            "time since the contact person became the one",
          ),
        ],
      };
    },
  };
}

/**
 * The relation of who was the manager from each `day` on, on which one of the subscriber or their groups began or ended: one
 * row per subscriber, cutoff and day, with NULL where there was none; `last_day` is the last of these days.
 */
function managerSpells(view: FactsInView, columns: readonly string[]): string {
  const rows = managerRows(view, columns);
  const days = view.relation(
    "manager_days",
    [
      `SELECT subscriber_id, cutoff, observe_from, valid_from AS day FROM ${rows}`,
      "UNION",
      `SELECT subscriber_id, cutoff, observe_from, valid_to AS day FROM ${rows} WHERE valid_to IS NOT NULL`,
    ].join("\n"),
  );
  const order = ["r.joined DESC", "r.group_id", "r.valid_from DESC"];
  // Only facts that were not checked have several on one day: the names say which one counts.
  const names = columns.map((name) => `coalesce(r.${name}, '')`);
  return view.relation(
    "manager_spells",
    [
      "SELECT * FROM (",
      `  SELECT d.*, ${columns.map((name) => `r.${name}`).join(", ")},`,
      "    max(d.day) OVER (PARTITION BY d.subscriber_id, d.cutoff) AS last_day,",
      `    row_number() OVER (PARTITION BY d.subscriber_id, d.cutoff, d.day ORDER BY ${[...order, ...names].join(", ")}) AS place`,
      `  FROM ${days} d LEFT JOIN ${rows} r ON r.subscriber_id = d.subscriber_id AND r.cutoff = d.cutoff`,
      // Comparisons alone: with OR, DuckDB would compare each row with all others.
      `    AND r.valid_from <= d.day AND coalesce(r.valid_to, ${END_OF_TIME}) > d.day`,
      ") by_place",
      "WHERE place = 1",
    ].join("\n"),
  );
}

/** The relation of the managers of each subscriber: their own, and those of the groups that they are in. */
function managerRows(view: FactsInView, columns: readonly string[]): string {
  const seen = view.seen("managers");
  const named = (of: string) =>
    [...columns, "valid_from", "valid_to"].map((name) => `${of}.${name}`).join(", ");
  const own = [
    `SELECT m.subscriber_id, m.cutoff, m.observe_from, ${END_OF_TIME} AS joined, '' AS group_id, ${named("m")}`,
    `FROM ${seen} m WHERE m.subscriber_id <> ''`,
  ];
  if (!view.has("memberships") || !view.has("managers", "group_id")) {
    return view.relation("manager_rows", own.join("\n"));
  }
  return view.relation(
    "manager_rows",
    [
      ...own,
      "UNION ALL",
      `SELECT g.subscriber_id, g.cutoff, g.observe_from, g.valid_from AS joined, g.group_id, ${named("m")}`,
      `FROM ${view.seen("memberships")} g JOIN ${seen} m ON m.group_id = g.group_id AND m.cutoff = g.cutoff`,
      "WHERE g.valid_to IS NULL AND coalesce(m.subscriber_id, '') = ''",
    ].join("\n"),
  );
}

/** One row per subscriber and cutoff: how often a column of the spells changed, since when it is the last one, and whether it still is. */
function changesOf(view: FactsInView, spells: string, column: string): string {
  const changed = `previous <> ${column}`;
  return view.relation(
    `${column}_changes`,
    [
      "SELECT subscriber_id, cutoff,",
      `  sum(CASE WHEN ${changed} AND day >= observe_from THEN 1 ELSE 0 END) AS changes,`,
      `  sum(CASE WHEN ${changed} AND day >= cutoff - ${RECENT_DAYS} THEN 1 ELSE 0 END) AS recent,`,
      `  max(CASE WHEN previous IS NULL OR ${changed} THEN day END) AS since,`,
      "  max(CASE WHEN day = last_day THEN 1 ELSE 0 END) AS is_present",
      "FROM (",
      `  SELECT *, lag(${column}) OVER (PARTITION BY subscriber_id, cutoff ORDER BY day) AS previous`,
      `  FROM ${spells} WHERE ${column} <> ''`,
      ") with_previous",
      "GROUP BY subscriber_id, cutoff",
    ].join("\n"),
  );
}
