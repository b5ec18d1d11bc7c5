import type { Block, KeyFigure, PageCell } from "../../../page/page.js";
import { decimal, percent, range } from "../../../printing/numbers.js";
import { listed, money, sentences } from "../../../printing/prose.js";
import { type Translate, translator } from "../../../printing/translator.js";
import { MIGRATION_COLUMNS } from "../../lists/list-tables.js";
import { NO_GROUP } from "../../query/no-group.js";
import type { MigrationList } from "../../tariffs/migration-list.js";
import type { TariffAnalysis, TariffFigures } from "../../tariffs/tariff-analysis.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { CHINESE_TARIFFS, type TariffsText } from "../words/chinese-tariffs.js";
import { listTable } from "./list-table.js";

/** What the section of tariffs is about. */
export interface TariffsData {
  readonly tariffs: TariffAnalysis;
  readonly migration: MigrationList;
}

interface Told extends PageContext {
  readonly say: Translate<TariffsText>;
}

/** Rows of a table of tariffs or pairs that the page shows. */
const SHOWN = 20;
/** Rows of the list that the page shows. */
const LISTED = 200;

/** Tariffs with high churn, their bills, and who would pay less in another one. */
export const tariffsSection: SectionOf<TariffsData> = ({ tariffs, migration }, context) => {
  const say = translator<TariffsText>(context.locale === "zh" ? CHINESE_TARIFFS : null);
  const told = { ...context, say };
  return {
    id: "tariffs",
    title: say("Tariffs"),
    blocks: [...churnBlocks(told, tariffs), ...migrationBlocks(told, migration)],
  };
};

function churnBlocks(told: Told, { tariffs, all, from, to, missing, missingBills }: TariffAnalysis): Block[] {
  const { say } = told;
  const standOut = tariffs.filter(({ finding }) => finding !== null);
  const lead = say(
    "From {from} to {to}, {left} {left|subscriber|subscribers} left, {monthly} a month; of the {base} who were there before, {rate} left.",
    {
      from,
      to,
      left: all.left,
      monthly: all.leftPerMonth,
      base: all.base,
      rate: all.rate === null ? "–" : percent(all.rate.value),
    },
  );
  return [
    { is: "text", text: lead, lead: true },
    ...(missing === null
      ? []
      : [
          {
            is: "note",
            tone: "missing",
            text: say("Tariffs can't be compared: {reason}.", { reason: missing }),
          } as const,
        ]),
    ...(missingBills === null
      ? []
      : [
          {
            is: "note",
            tone: "missing",
            text: say("Bills are not known: {reason}.", { reason: missingBills }),
          } as const,
        ]),
    standOut.length === 0
      ? { is: "text", text: say("No tariff has high churn beyond chance.") }
      : { is: "list", items: standOut.slice(0, SHOWN).map((each) => findingText(told, each)) },
    { is: "table", table: tariffTable(told, tariffs) },
    {
      is: "text",
      text: say(
        "High is at least 1.2 times the rate of all other tariffs, beyond chance with all tariffs tested together (Benjamini and Hochberg). A bill is low below 0.8 times the mean bill of all, high above 1.25 times.",
      ),
    },
  ];
}

function findingText({ say }: Told, { tariff, rate, ratio, arpu, finding }: TariffFigures): string {
  const values = {
    tariff: tariff ?? say("(no tariff)"),
    rate: rate === null ? "–" : percent(rate.value),
    ratio: ratio === null ? "–" : decimal(ratio, 1),
    arpu: arpu === null ? "–" : money(arpu),
  };
  switch (finding) {
    case "high churn, low bill":
      return say(
        "{tariff}: high churn although the bill is low: {rate}, {ratio} times that of the other tariffs, at {arpu} a month. A lower price would not keep them: find out what they miss.",
        values,
      );
    case "high churn, high bill":
      return say(
        "{tariff}: high churn, and the bill is high: {rate}, {ratio} times that of the other tariffs, at {arpu} a month. See who would pay less in another tariff.",
        values,
      );
    case "high churn, usual bill":
      return say(
        "{tariff}: high churn at a usual bill: {rate}, {ratio} times that of the other tariffs, at {arpu} a month.",
        values,
      );
    default:
      return say(
        "{tariff}: high churn: {rate}, {ratio} times that of the other tariffs; its bills are not known.",
        values,
      );
  }
}

function tariffTable({ say }: Told, tariffs: readonly TariffFigures[]) {
  const heads: TariffsText[] = [
    ...([
      "tariff",
      "base",
      "left",
      "left a month",
      "churn rate",
      "95% interval",
      "times the others",
    ] as const),
    ...(["p (adjusted)", "churn", "mean bill", "bill"] as const),
  ];
  return {
    id: "tariff-churn",
    caption: say("Churn and bills by tariff"),
    head: heads.map((head) => say(head)),
    rows: tariffs.map((each): PageCell[] => [
      each.tariff ?? say("(no tariff)"),
      { text: String(each.base), value: each.base },
      { text: String(each.left), value: each.left },
      decimal(each.leftPerMonth, 1),
      each.rate === null ? "–" : percent(each.rate.value),
      each.rate === null ? "–" : range(each.rate, percent),
      decimal(each.ratio, 2),
      decimal(each.adjustedPValue),
      each.churn === null
        ? "–"
        : { text: say(each.churn), ...(each.finding === null ? {} : { tone: "warning" as const }) },
      each.arpu === null ? "–" : money(each.arpu),
      each.bill === null ? "–" : say(each.bill),
    ]),
    most: SHOWN,
  };
}

function migrationBlocks(told: Told, migration: MigrationList): Block[] {
  const { say } = told;
  const heading: Block = { is: "heading", text: say("Who would pay less in another tariff") };
  if (migration.missing !== null) {
    const text = say("The list of who would pay less can't be made: {reason}.", {
      reason: migration.missing,
    });
    return [heading, { is: "note", tone: "missing", text }];
  }
  const {
    active,
    compared,
    withoutTariff,
    withoutPrices,
    withoutUse,
    billedLess,
    listed: count,
    pairs,
  } = migration;
  const compares = sentences(
    told,
    say("Of {active} active subscribers {compared} are compared.", { active, compared }),
    withoutTariff > 0 && say("{count} {count|has|have} no tariff.", { count: withoutTariff }),
    withoutPrices > 0 && say("{count} {count|has|have} a tariff without prices.", { count: withoutPrices }),
    withoutUse > 0 && say("Of {count} the use is not known yet.", { count: withoutUse }),
    billedLess > 0 &&
      say("{count} {count|is|are} billed much less than the price list says.", { count: billedLess }),
  );
  if (count === 0) {
    const none = say("No subscriber would pay less in another tariff that is offered to them.");
    return [heading, { is: "text", text: sentences(told, none, compares) }];
  }
  const share = migration.breakEvenReduction === null ? "–" : percent(migration.breakEvenReduction);
  const whatToDo = say(
    "By the price list and the mean use of the last {months} {months|month|months}. Moving all of them gives up {saving} a month, and pays only where they then leave at least {share} less often. What to do: do not move all at once; begin with those who are at risk of leaving, and compare them with a group that was not moved.",
    { months: migration.months, saving: money(migration.saving), share },
  );
  return [
    heading,
    { is: "figures", items: keyFigures(told, migration, share) },
    { is: "text", text: sentences(told, whatToDo, compares) },
    {
      is: "table",
      table: {
        id: "migration-pairs",
        caption: say("From which tariff to which"),
        head: [say("tariff"), say("cheapest tariff"), say("subscribers"), say("given up a month")],
        rows: pairs.map((pair) => [
          pair.tariff,
          pair.cheapestTariff,
          { text: String(pair.subscribers), value: pair.subscribers },
          { text: money(pair.saving), value: pair.saving },
        ]),
        most: SHOWN,
      },
    },
    {
      is: "details",
      summary: say("The list, those who would save most first"),
      blocks: [
        listTable(told, {
          id: "migration",
          caption: say("The list, those who would save most first"),
          columns: MIGRATION_COLUMNS,
          rows: migration.rows,
          most: LISTED,
        }),
      ],
    },
    {
      is: "details",
      summary: say("Which tariffs are offered to whom"),
      blocks: [
        {
          is: "list",
          items: migration.offered.map(({ groupKind, tariffs }) =>
            say("{kind}: {tariffs}", {
              kind: groupKind === NO_GROUP ? say("(in no group)") : groupKind,
              tariffs: listed(told, tariffs),
            }),
          ),
        },
      ],
    },
  ];
}

function keyFigures({ say }: Told, migration: MigrationList, share: string): KeyFigure[] {
  const { listed: count, compared, saving, cost } = migration;
  return [
    {
      value: count.toLocaleString("en-US"),
      label: say("would pay less"),
      detail: say("{share} of those compared", { share: percent(count / compared) }),
    },
    {
      value: money(saving),
      label: say("given up a month if all move"),
      detail: say("they pay {cost} now", { cost: money(cost) }),
    },
    {
      value: share,
      label: say("less churn at which it pays"),
      detail: say("their churn rate would have to fall by this share"),
    },
  ];
}
