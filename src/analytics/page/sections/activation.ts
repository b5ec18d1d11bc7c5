import type { Block, PageCell } from "../../../page/page.js";
import { pointsPlot } from "../../../plots/index.js";
import { pictureOf } from "../../../plots/picture.js";
import { decimal, percent, shareText, whole } from "../../../printing/numbers.js";
import { listed, sentences } from "../../../printing/prose.js";
import { type Translate, translator } from "../../../printing/translator.js";
import type {
  AbnormalActivation,
  ShareEvidence,
  TestedActivations,
} from "../../activation/activation-result.js";
import type { PageContext, SectionOf } from "../page-context.js";
import { type ActivationText, CHINESE_ACTIVATION } from "../words/chinese-activation.js";

/** Rows of tables on the page; all of them are in the CSV beside it. */
const SHOWN = 15;
/** Named dealers that are described; the others are in the table. */
const MOST_DESCRIBED = 10;
/** A share is mentioned where it is so much above that of peers. */
const WORTH_SAYING = 0.1;

interface Context extends PageContext {
  readonly say: Translate<ActivationText>;
}

/** Dealers and tariffs whose cards are hardly used, with what an auditor can check. */
export const activationSection: SectionOf<AbnormalActivation> = (found, { locale }) => {
  const context: Context = { locale, say: translator(locale === "zh" ? CHINESE_ACTIVATION : null) };
  const { say } = context;
  return {
    id: "abnormal-activation",
    title: say("Abnormal activation"),
    blocks: [...dealerBlocks(context, found), ...tariffBlocks(context, found)],
  };
};

function dealerBlocks(context: Context, found: AbnormalActivation): Block[] {
  const { say } = context;
  const { dealers, missing, tooFew, littleUse, measures, falseDiscoveryRate } = found;
  if (missing.dealers !== null) return [{ is: "note", tone: "missing", text: say(missing.dealers) }];
  const rows = dealers.map(({ dealer, ...tests }) => ({ name: dealer, ...tests }));
  const named = rows.filter(({ isNamed }) => isNamed);
  const method = say(
    "A card is hardly used where it stays below {littleUse} of what is usual in its tariff, kind of payment and month ({measures}). Peers are cards of the same tariff, kind of payment, month of activation and region, of other dealers that are not named. Named is who stands out in both counts at a false-discovery rate of at most {rate}.",
    {
      littleUse: shareText(littleUse),
      measures: listed(context, measures),
      rate: shareText(falseDiscoveryRate),
    },
  );
  return [
    named.length === 0
      ? { is: "text", text: noneText(context, found) }
      : {
          is: "text",
          lead: true,
          text: say(
            "{named} of {tested} {tested|dealer|dealers} {named|activates|activate} cards that are hardly used and soon end or fall silent, beyond what their peers do.",
            { named: named.length, tested: rows.length },
          ),
        },
    ...namedBlocks(context, named),
    {
      is: "pictures",
      pictures: [
        pictureOf(
          context,
          "abnormal-activation-dealers",
          say("Hardly used and silent cards, by dealer"),
          (options) => pointsPlot(pointsOf(context, rows), { ...options, ...axesOf(context) }),
          {
            wide: true,
            caption: say(
              "Each mark is a dealer. Honest dealers are together at the lower left, those of poor customers too.",
            ),
          },
        ),
      ],
    },
    tableOf(context, "dealer", say("Dealers, the most conspicuous first"), rows),
    {
      is: "text",
      text: sentences(
        context,
        method,
        say(
          "Dealers whose customers use their cards and then leave or pay late are not meant: their churn is in the other sections.",
        ),
        tooFew.dealers > 0 &&
          say("{few} {few|dealer|dealers} with fewer than ten activations {few|was|were} not tested.", {
            few: tooFew.dealers,
          }),
      ),
    },
  ];
}

function tariffBlocks(context: Context, { tariffs, missing }: AbnormalActivation): Block[] {
  const { say } = context;
  if (missing.tariffs !== null) {
    // The same reason is said once.
    if (missing.tariffs === missing.dealers) return [];
    return [{ is: "note", tone: "missing", text: say(missing.tariffs) }];
  }
  const rows = tariffs.map(({ tariff, ...tests }) => ({ name: tariff, ...tests }));
  const named = rows.filter(({ isNamed }) => isNamed);
  const tested = rows.length;
  return [
    {
      is: "text",
      text:
        named.length === 0
          ? say("No tariff is named: without the cards of named dealers, none of {tested} stands out.", {
              tested,
            })
          : say(
              "{named} of {tested} {tested|tariff|tariffs} {named|is|are} named, without the cards of named dealers.",
              { named: named.length, tested },
            ),
    },
    ...namedBlocks(context, named),
    tableOf(context, "tariff", say("Tariffs, without the cards of named dealers"), rows),
  ];
}

type NamedTests = TestedActivations & { readonly name: string };

function noneText({ say }: Context, { dealers, activations, from, to }: AbnormalActivation): string {
  return say(
    "No dealer is named: none of {tested} dealers with {activations} activations from {from} to {to} has cards that are hardly used and soon end or fall silent beyond what its peers have.",
    { tested: dealers.length, activations, from: from ?? "–", to: to ?? "–" },
  );
}

function namedBlocks(context: Context, named: readonly NamedTests[]): Block[] {
  if (named.length === 0) return [];
  return [
    { is: "list", items: named.slice(0, MOST_DESCRIBED).map((tests) => evidenceText(context, tests)) },
    {
      is: "note",
      tone: "warning",
      text: context.say(
        "Check these cards before anything else is done: call a sample of the numbers, compare documents and devices, and hold the commission until they are found to be in use. The counts are a reason to look, and no proof.",
      ),
    },
  ];
}

function evidenceText(context: Context, { name, activations, unused, silent, evidence }: NamedTests): string {
  const { say } = context;
  const { batch, ends, monthsOfLife, withoutSecondPayment, withoutEvents } = evidence ?? {};
  return sentences(
    context,
    say(
      "{name}: {unused} of {activations} activations were hardly used in any of their first four months (peers: {expectedUnused}); {silent} of them ended or fell silent in their first year (peers: {expectedSilent}).",
      {
        name,
        unused: unused.cards,
        activations,
        expectedUnused: decimal(unused.expected, 1),
        silent: silent.cards,
        expectedSilent: decimal(silent.expected, 1),
      },
    ),
    monthsOfLife &&
      say("Half of them ended or were last used in months {from} to {to} of life.", monthsOfLife),
    ends && say("{cards} ended within {days} {days|day|days}, from {from} to {to}.", { ...ends }),
    batch && say("{cards} were activated on one day, {day}.", { ...batch }),
    shareSentence(
      context,
      "{cards} of {of} had no second payment in 180 days (peers that use their cards: {peers}).",
      withoutSecondPayment,
    ),
    shareSentence(
      context,
      "{cards} of {of} had no call to the service, complaint or other event in 180 days (peers that use their cards: {peers}).",
      withoutEvents,
    ),
  );
}

function shareSentence(
  { say }: Context,
  text: ActivationText,
  share: ShareEvidence | null | undefined,
): string | null {
  if (share === null || share === undefined || share.peers === null) return null;
  const { cards, of, peers } = share;
  return cards / of < peers + WORTH_SAYING ? null : say(text, { cards, of, peers: percent(peers) });
}

function axesOf({ say }: Context) {
  return { xLabel: say("hardly used, % of activations"), yLabel: say("silent, % of activations") };
}

function pointsOf({ say }: Context, rows: readonly NamedTests[]) {
  return rows.map(({ activations, unused, silent, isNamed }) => ({
    x: (100 * unused.cards) / activations,
    y: (100 * silent.cards) / activations,
    group: isNamed ? say("named") : say("other dealers"),
  }));
}

function tableOf(
  { say }: Context,
  unit: "dealer" | "tariff",
  caption: string,
  rows: readonly NamedTests[],
): Block {
  const cells = ({ name, activations, unused, silent, q, isNamed }: NamedTests): PageCell[] => [
    name,
    { text: whole(activations), value: activations },
    { text: whole(unused.cards), value: unused.cards },
    { text: decimal(unused.expected, 1), value: unused.expected },
    { text: whole(silent.cards), value: silent.cards },
    { text: decimal(silent.expected, 1), value: silent.expected },
    { text: q < 0.001 ? "< 0.001" : decimal(q, 3), value: q },
    isNamed ? { text: say("check the cards"), tone: "warning" } : "",
  ];
  return {
    is: "table",
    table: {
      id: `abnormal-activation-${unit}s-table`,
      caption,
      head: [
        say(unit),
        say("activations"),
        say("hardly used"),
        say("expected hardly used"),
        say("silent"),
        say("expected silent"),
        say("q"),
        say("verdict"),
      ],
      rows: rows.map(cells),
      most: SHOWN,
    },
  };
}
