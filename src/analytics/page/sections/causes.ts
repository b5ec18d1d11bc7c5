import type { Block } from "../../../page/page.js";
import { percent, whole } from "../../../printing/numbers.js";
import { listed } from "../../../printing/prose.js";
import { translator } from "../../../printing/translator.js";
import type { Analysis } from "../../analysis.js";
import { countCell, intervalCell, moneyCell, shareCell, tableBlock } from "../cells.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { type CausesText, CHINESE_CAUSES } from "../words/chinese-causes.js";
import { CHINESE_NAMES } from "../words/chinese-names.js";

const SHOWN_REASONS = 4;
const SHOWN = 20;

/** Why they left: by cause and value class, and what surveys say. */
export const causesSection: SectionOf<Analysis> = (analysis, context) => {
  const say = translator<CausesText>(context.locale === "zh" ? CHINESE_CAUSES : null);
  const { causes, unknownReasons, valueClasses } = analysis.causes;
  const named = (name: string) => nameOf(name, context);
  const classes = [
    ...valueClasses.map(({ value }) => value),
    ...(valueClasses.length > 0 ? ["not billed"] : []),
  ];
  return {
    id: "causes",
    title: say("Why they left"),
    blocks: [
      tableBlock({
        id: "causes-table",
        caption: say("By stated cause"),
        head: [
          say("cause"),
          say("left"),
          say("share of leavers"),
          ...(valueClasses.length > 0 ? [say("revenue lost per month")] : []),
          ...classes.map((value) => say("left: {value}", { value: named(value) })),
          say("reasons"),
        ],
        rows: causes.map(({ cause, left, shareOfLeavers, lostRevenue, byValue, reasons }) => [
          named(cause),
          countCell(left),
          shareCell(shareOfLeavers, shareOfLeavers ?? 0),
          ...(valueClasses.length > 0 ? [moneyCell(lostRevenue)] : []),
          ...classes.map((value) => countCell(byValue.find((each) => each.value === value)?.left ?? 0)),
          listed(
            context,
            reasons
              .slice(0, SHOWN_REASONS)
              .map(({ reason, left: of }) => `${reason ?? say("no reason")} (${whole(of)})`),
          ),
        ]),
      }),
      ...(unknownReasons.length === 0
        ? []
        : [
            {
              is: "note" as const,
              tone: "warning" as const,
              text: say("Reasons without a cause, counted as other: {reasons}. Map them to causes.", {
                reasons: listed(
                  context,
                  unknownReasons.slice(0, SHOWN).map(({ reason, left }) => `${reason} (${whole(left)})`),
                ),
              }),
            },
          ]),
      ...surveyBlocks(analysis, context),
    ],
  };
};

function nameOf(name: string, { locale }: PageContext): string {
  const words: Readonly<Record<string, string>> = CHINESE_NAMES;
  return locale === "zh" && Object.hasOwn(words, name) ? words[name] : name;
}

function surveyBlocks({ survey }: Analysis, context: PageContext): Block[] {
  const say = translator<CausesText>(context.locale === "zh" ? CHINESE_CAUSES : null);
  return survey.flatMap(({ question, responseRate, answered, answers }, i): Block[] => [
    { is: "heading", text: say("Survey: {question}", { question }) },
    {
      is: "text",
      text: say(
        "{answered} of those at risk answered ({rate}); who answers is not drawn at random, so compare answers with each other and not with all.",
        { answered, rate: responseRate === null ? "–" : percent(responseRate) },
      ),
    },
    tableBlock({
      id: `survey-${i + 1}`,
      caption: say("Churn by answer: {question}", { question }),
      head: [
        say("answer"),
        say("base"),
        say("left"),
        say("churn rate"),
        say("estimated rate"),
        say("95% interval"),
      ],
      rows: answers.map(({ answer, base, left, rate, shrunkRate, low, high }) => [
        answer ?? say("no answer"),
        countCell(base),
        countCell(left),
        shareCell(rate),
        shareCell(shrunkRate),
        intervalCell(low, high),
      ]),
    }),
  ]);
}
