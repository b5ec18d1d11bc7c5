import type { Contribution, Explanation, ShownValue } from "../explain/explanation.js";
import type { LocaleName } from "../explain/reasons/locales.js";
import { percent } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";
import { textTable } from "../printing/text-table.js";

/** Contributions that are shown one by one; the others are summed. */
const SHOWN = 12;
/** The widest bar, in characters. */
const BAR = 24;

/** What stands around the sentences of reasons. */
interface Words {
  readonly row: string;
  readonly tier: string;
  readonly constant: string;
  readonly raises: string;
  readonly nothing: string;
  readonly actionable: string;
  readonly adds: string;
  readonly head: {
    readonly column: string;
    readonly value: string;
    readonly adds: string;
    readonly family: string;
  };
  readonly families: string;
  readonly change: string;
  readonly noCause: string;
  readonly missing: string;
  others(count: number): string;
  sum(base: string, probability: string, margin: string): string;
}

const WORDS: Readonly<Record<LocaleName, Words>> = {
  en: {
    row: "This row",
    tier: "tier",
    constant: "No column matters to this model: it says the same of every row.",
    raises: "What raises the risk",
    nothing: "Nothing raises the risk beyond noise.",
    actionable: "can be acted on",
    adds: "What each column adds to the log-odds",
    head: { column: "column", value: "value", adds: "adds", family: "family" },
    families: "By family",
    change: "What would change it: ",
    noCause: "This is what the model goes by, and no cause.",
    missing: "missing",
    others: (count) => `${count} others`,
    sum: (base, probability, margin) => `base ${base} (${probability}) and these make ${margin}`,
  },
  zh: {
    row: "该行",
    tier: "等级",
    constant: "该模型不依赖任何列：对每一行给出相同的概率。",
    raises: "使风险升高的原因",
    nothing: "没有超出噪声的原因使风险升高。",
    actionable: "可干预",
    adds: "各列对对数几率的贡献",
    head: { column: "列", value: "值", adds: "贡献", family: "类别" },
    families: "按类别",
    change: "怎样会改变：",
    noCause: "以上是模型的依据，并非因果。",
    missing: "缺失",
    others: (count) => `其余${count}列`,
    sum: (base, probability, margin) => `基准 ${base}（${probability}）与以上合计 ${margin}`,
  },
};

/**
 * An explanation for a terminal: reasons, what each column adds with a bar, families, and what would change it.
 * @param locale the language around the reasons, which have theirs.
 */
export function explanationText(explanation: Explanation, locale: LocaleName = "en"): string {
  const words = WORDS[locale];
  const { id, probability, tier, reasons, change } = explanation;
  const name = id === null ? words.row : printable(id);
  const parts = [`${name}: ${percent(probability)}, ${words.tier} ${printable(tier)}`];
  if (explanation.contributions.every(({ contribution }) => contribution === 0)) {
    parts.push(words.constant);
    return parts.join("\n\n");
  }
  const told = reasons.map(({ text, actionable }, r) => {
    return `  ${r + 1}. ${printable(text)}${actionable ? ` [${words.actionable}]` : ""}`;
  });
  parts.push(told.length === 0 ? words.nothing : `${words.raises}\n${told.join("\n")}`);
  parts.push(`${words.adds}\n${contributionsText(explanation, words)}`);
  if (explanation.families.length > 0) {
    const { family, adds } = words.head;
    const table = barTable([family, adds], familyRows(explanation), (row) => [row.family]);
    parts.push(`${words.families}\n${table}`);
  }
  if (change !== null) parts.push(`${words.change}${printable(change.text)}`);
  parts.push(words.noCause);
  return parts.join("\n\n");
}

function contributionsText(
  { contributions, baseValue, baseProbability, margin }: Explanation,
  words: Words,
): string {
  const shown = contributions.slice(0, SHOWN).filter(({ contribution }) => contribution !== 0);
  const rest = contributions.slice(shown.length).filter(({ contribution }) => contribution !== 0);
  const others = rest.reduce((sum, { contribution }) => sum + contribution, 0);
  const rows: Pick<Contribution, "column" | "value" | "contribution">[] = [
    ...shown,
    ...(rest.length === 0 ? [] : [{ column: words.others(rest.length), value: "", contribution: others }]),
  ];
  const { column, value, adds } = words.head;
  const table = barTable([column, value, adds], rows, (row) => [row.column, shownCell(row.value, words)]);
  return `${table}\n  ${words.sum(baseValue.toFixed(2), percent(baseProbability), margin.toFixed(2))}`;
}

function familyRows({ families }: Explanation) {
  return families.filter(({ contribution }) => Math.abs(contribution) >= 0.005);
}

/** A table with a bar for each contribution, as long as it is large. */
function barTable<Row extends { readonly contribution: number }>(
  head: readonly string[],
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly string[],
): string {
  const largest = rows.reduce((most, { contribution }) => Math.max(most, Math.abs(contribution)), 0);
  const lines = rows.map((row) => {
    const { contribution } = row;
    const length = largest === 0 ? 0 : Math.max(1, Math.round((BAR * Math.abs(contribution)) / largest));
    const bar = (contribution < 0 ? "░" : "█").repeat(length);
    return [...cellsOf(row), signed(contribution), bar];
  });
  return textTable([...head, ""], lines);
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? "0.00" : `${value < 0 ? "−" : "+"}${text}`;
}

/** Longer cells are cut. */
const CELL = 32;

function shownCell(value: ShownValue, words: Words): string {
  if (value === null) return words.missing;
  const text = typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
  return text.length > CELL ? `${text.slice(0, CELL - 1)}…` : text;
}
