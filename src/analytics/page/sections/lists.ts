import type { Block } from "../../../page/page.js";
import { money, sentences } from "../../../printing/prose.js";
import {
  AT_RISK_COLUMNS,
  type ListColumn,
  NEWCOMER_COLUMNS,
  SILENT_COLUMNS,
} from "../../lists/list-tables.js";
import { type ListText, listWords, type SayList } from "../../lists/list-words.js";
import type { ListedSubscriber, SubscriberList } from "../../lists/listed-subscriber.js";
import type { MondayLists } from "../../lists/monday-lists.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { listTable } from "./list-table.js";

interface Told extends PageContext {
  readonly say: SayList;
}

/** Rows that are seen at once; the whole list is folded away. */
const FIRST = 5;
/** The columns that are seen at once. */
const BRIEF: readonly ListText[] = [
  "subscriber",
  "mean bill",
  "first bill",
  "tariff",
  "last contact",
  "reason",
];

/** Whom to call on Monday: those at risk, new ones, and silent ones, with what to do. */
export const listsSection: SectionOf<MondayLists> = (lists, context) => {
  const say = listWords(context.locale);
  const told = { ...context, say };
  const { silent, newcomers, atRisk, active, at } = lists;
  return {
    id: "lists",
    title: say("On Monday: whom to call"),
    blocks: [
      {
        is: "text",
        lead: true,
        text: sentences(
          told,
          say(
            "Of {active} active subscribers on {at}: {silent} silent, {newcomers} new and worth a call, {atRisk} of high value at risk.",
            {
              active,
              at,
              silent: silent.listed,
              newcomers: newcomers.listed,
              atRisk: atRisk.listed,
            },
          ),
          atRisk.listed > 0 &&
            say(
              "Begin with those at risk: they pay {revenue} a month in all. Whoever was contacted lately is marked, so that the same person is not called twice.",
              { revenue: money(atRisk.revenue) },
            ),
        ),
      },
      {
        is: "figures",
        items: [
          figure(told, "high-value subscribers at risk", atRisk),
          figure(told, "new subscribers worth a call", newcomers),
          figure(told, "silent subscribers", silent),
        ],
      },
      ...blocksOf(told, lists.most, {
        id: "at-risk",
        title: say("High-value subscribers at risk"),
        list: atRisk,
        columns: AT_RISK_COLUMNS,
        text: atRiskText(told, lists),
      }),
      ...blocksOf(told, lists.most, {
        id: "newcomers",
        title: say("New subscribers worth a call"),
        list: newcomers,
        columns: NEWCOMER_COLUMNS,
        text: newcomersText(told, lists),
      }),
      ...blocksOf(told, lists.most, {
        id: "silent",
        title: say("Silent subscribers"),
        list: silent,
        columns: SILENT_COLUMNS,
        text: silentText(told, lists),
      }),
      { is: "text", text: say("The lists name subscribers: pass them on only to those who may see them.") },
    ],
  };
};

interface Listed<Row extends ListedSubscriber> {
  readonly id: string;
  readonly title: string;
  readonly list: SubscriberList<Row>;
  readonly columns: readonly ListColumn<Row>[];
  readonly text: string;
}

function blocksOf<Row extends ListedSubscriber>(
  told: Told,
  most: number,
  { id, title, list, columns, text }: Listed<Row>,
): Block[] {
  const { say } = told;
  const heading: Block = { is: "heading", text: title };
  const { missing, rows } = list;
  if (missing !== null)
    return [
      heading,
      { is: "note", tone: "missing", text: say("This list can't be made: {reason}.", { reason: missing }) },
    ];
  if (rows.length === 0)
    return [heading, { is: "text", text: sentences(told, say("The list is empty."), text) }];
  const brief = columns.filter(({ head }) => BRIEF.includes(head));
  return [
    heading,
    { is: "text", text },
    listTable(told, {
      id: `${id}-first`,
      caption: say("The first of the list"),
      columns: brief,
      rows: rows.slice(0, FIRST),
      most: FIRST,
    }),
    {
      is: "details",
      summary: say("The list with all columns"),
      blocks: [
        listTable(told, { id: `${id}-list`, caption: title, columns, rows, most }),
        ...(list.listed > rows.length
          ? [
              {
                is: "text" as const,
                text: say("These are the first {shown} of {listed}; the files of the lists hold all.", {
                  shown: rows.length,
                  listed: list.listed,
                }),
              },
            ]
          : []),
      ],
    },
  ];
}

function figure(
  { say }: Told,
  label: ListText,
  { listed, revenue, missing }: SubscriberList<ListedSubscriber>,
) {
  return {
    label: say(label),
    value: missing === null ? listed.toLocaleString("en-US") : "–",
    ...(missing === null ? { detail: say("{revenue} a month", { revenue: money(revenue) }) } : {}),
  };
}

function atRiskText({ say }: Told, { atRisk }: MondayLists): string {
  const values = { from: money(atRisk.highValueFrom ?? 0), count: atRisk.highValue };
  return atRisk.by === "model"
    ? say(
        "High value: a mean bill of at least {from} a month, {count} {count|subscriber|subscribers}. Of them these are above the lowest tier of the model, by probability times bill. What to do: call from the top down, speak about the reason, and offer what answers it.",
        values,
      )
    : say(
        "High value: a mean bill of at least {from} a month, {count} {count|subscriber|subscribers}. Of them these have a warning sign, by the number of signs times the bill; the signs are plain rules and no probabilities. What to do: call from the top down, speak about the sign, and offer what answers it.",
        values,
      );
}

function newcomersText(told: Told, { newcomers }: MondayLists): string {
  const { say } = told;
  const { newSubscribers: count, highFrom, withoutWholeMonth } = newcomers;
  if (count === 0) return say("No subscriber joined one to three months ago.");
  if (highFrom === null)
    return say(
      "{count} {count|subscriber|subscribers} joined one to three months ago; none has a first bill yet.",
      {
        count,
      },
    );
  return sentences(
    told,
    say(
      "{count} {count|subscriber|subscribers} joined one to three months ago; those with a first bill of at least {from}, the highest quarter, are listed where they paid twice or the next payment is overdue. What to do: where it is overdue ask what is wrong, where the bill is far above the fee offer a fitting tariff, and welcome the others.",
      { count, from: money(highFrom) },
    ),
    withoutWholeMonth > 0 &&
      say("{count} of them {count|has|have} no bill of a whole month yet.", { count: withoutWholeMonth }),
  );
}

function silentText(told: Told, { silent }: MondayLists): string {
  const { say } = told;
  return sentences(
    told,
    say(
      "Active, but without any use in the last whole month, by the bill. What to do: ask whether the number is still needed, and whether something does not work; the longer the silence, the less a call helps.",
    ),
    silent.neverUsed > 0 &&
      say(
        "{count} more {count|has|have} had no use for as long as the lists look back: there is no use to win back.",
        { count: silent.neverUsed },
      ),
  );
}
