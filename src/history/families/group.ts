import { double, ratio, sumOf, tenThousandths } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { categorical, type Feature, type FeatureFamily, numeric } from "../query/feature.js";

/** About three months. */
const RECENT_DAYS = 91;

/** The family or corporate account of the subscriber: its kind, size, departures and bills. */
export function group(): FeatureFamily {
  return {
    name: "group",
    needs: ["memberships"],
    plan(view) {
      const own = ownGroups(view);
      const column = (name: string) => `${own}.${name}`;
      const features: Feature[] = [
        categorical("group_kind", `coalesce(${column("group_kind")}, 'none')`, "kind of group"),
        numeric(
          "group_size",
          "subscribers",
          `coalesce(${column("active_members")}, 1)`,
          "active members of the group",
        ),
        numeric(
          "group_active_share",
          "share",
          ratio(column("active_members"), column("members")),
          "share of all who were ever in the group who still are",
        ),
        numeric(
          "group_departures_3m",
          "subscribers",
          `coalesce(${column("recent_departures")}, 0)`,
          "members of the group who left in the last three months",
        ),
        numeric(
          "group_departures",
          "subscribers",
          `coalesce(${column("departures")}, 0)`,
          "members of the group who left in the observation window",
        ),
      ];
      if (view.has("billing") && view.observedMonths > 0) {
        features.push(
          numeric("group_rank", "rank", column("position"), "place in the group by mean bill, 1 pays most"),
        );
      }
      if (view.has("billing") && view.observedMonths >= 6) {
        const trend = ratio(column("last3"), column("previous3"));
        const text = "bills of the group in the last three months against the three before";
        features.push(numeric("group_arpu_trend", "share", trend, text));
      }
      return { joins: [{ relation: own }], features };
    },
  };
}

/** The relation of all figures of the group of each subscriber who is in one. */
function ownGroups(view: FactsInView): string {
  const own = chosenGroups(view);
  const members = groupMembers(view);
  const figures = groupFigures(view, members);
  const isRanked = view.has("billing") && view.observedMonths > 0;
  const names = ["group_kind", "members", "active_members", "departures", "recent_departures"];
  if (isRanked && view.observedMonths >= 6) names.push("last3", "previous3");
  const ranks = isRanked ? revenueRanks(view, members) : undefined;
  return view.relation(
    "own_groups",
    [
      `SELECT o.subscriber_id, o.cutoff, ${names.map((name) => `f.${name}`).join(", ")}${isRanked ? ", r.position" : ""}`,
      `FROM ${own} o JOIN ${figures} f ON f.group_id = o.group_id AND f.cutoff = o.cutoff`,
      ...(ranks === undefined
        ? []
        : [
            `LEFT JOIN ${ranks} r`,
            "  ON r.subscriber_id = o.subscriber_id AND r.cutoff = o.cutoff AND r.group_id = o.group_id",
          ]),
    ].join("\n"),
  );
}

/** The group that each subscriber joined last and is still in; of several joined on one day, the one with the least id. */
function chosenGroups(view: FactsInView): string {
  const seen = view.seen("memberships");
  return view.relation(
    "chosen_groups",
    [
      "SELECT m.subscriber_id, m.cutoff, min(m.group_id) AS group_id",
      `FROM ${seen} m JOIN (`,
      `  SELECT subscriber_id, cutoff, max(valid_from) AS valid_from FROM ${seen}`,
      "  WHERE valid_to IS NULL GROUP BY subscriber_id, cutoff",
      ") latest ON latest.subscriber_id = m.subscriber_id AND latest.cutoff = m.cutoff AND latest.valid_from = m.valid_from",
      "WHERE m.valid_to IS NULL",
      "GROUP BY m.subscriber_id, m.cutoff",
    ].join("\n"),
  );
}

/** All present and former members of each group, once per group. */
function groupMembers(view: FactsInView): string {
  return view.relation(
    "group_members",
    [
      "SELECT m.group_id, m.cutoff, m.subscriber_id, max(m.observe_from) AS observe_from, max(m.group_kind) AS group_kind,",
      "  max(CASE WHEN m.valid_to IS NULL AND s.ended_on IS NULL THEN 1 ELSE 0 END) AS is_active,",
      // A member who had left the group before the end of their subscription is not a departure from the group.
      "  max(CASE WHEN m.valid_to IS NULL OR m.valid_to >= s.ended_on THEN s.ended_on END) AS ended_on",
      `FROM ${view.seen("memberships")} m JOIN ${view.seen("subscribers")} s`,
      "  ON s.subscriber_id = m.subscriber_id AND s.cutoff = m.cutoff",
      "GROUP BY m.group_id, m.cutoff, m.subscriber_id",
    ].join("\n"),
  );
}

/** Sums of whole numbers, which are the same for any order of members. */
function groupFigures(view: FactsInView, members: string): string {
  const sums = [
    "max(g.group_kind) AS group_kind",
    "count(*) AS members",
    "sum(g.is_active) AS active_members",
    "sum(CASE WHEN g.ended_on >= g.observe_from THEN 1 ELSE 0 END) AS departures",
    `sum(CASE WHEN g.ended_on >= g.cutoff - ${RECENT_DAYS} THEN 1 ELSE 0 END) AS recent_departures`,
  ];
  const from = [`FROM ${members} g`];
  if (view.has("billing") && view.observedMonths >= 6) {
    const { relation, months, isWhole } = view.measure("billing", "revenue");
    const whole = (first: number) =>
      `CAST(sum(${tenThousandths(`(${sumOf(months.slice(first, first + 3), isWhole)})`)}) AS bigint)`;
    sums.push(`${double(whole(0))} AS last3`, `${double(whole(3))} AS previous3`);
    from.push(
      `LEFT JOIN ${relation} ON ${relation}.subscriber_id = g.subscriber_id AND ${relation}.cutoff = g.cutoff`,
    );
  }
  return view.relation(
    "group_figures",
    [`SELECT g.group_id, g.cutoff,\n  ${sums.join(",\n  ")}`, ...from, "GROUP BY g.group_id, g.cutoff"].join(
      "\n",
    ),
  );
}

function revenueRanks(view: FactsInView, members: string): string {
  const { relation, mean } = view.measure("billing", "revenue");
  return view.relation(
    "revenue_ranks",
    [
      "SELECT g.subscriber_id, g.cutoff, g.group_id,",
      `  rank() OVER (PARTITION BY g.group_id, g.cutoff ORDER BY ${mean} DESC) AS position`,
      `FROM ${members} g JOIN ${relation} ON ${relation}.subscriber_id = g.subscriber_id AND ${relation}.cutoff = g.cutoff`,
      `WHERE g.is_active = 1 AND ${mean} IS NOT NULL`,
    ].join("\n"),
  );
}
