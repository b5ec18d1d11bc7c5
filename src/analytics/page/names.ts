import { translator } from "../../printing/translator.js";
import { CROSS } from "../cuts/cut-counts.js";
import { CUTS } from "../cuts/cut-list.js";
import { NO_GROUP } from "../query/no-group.js";
import type { PageContext } from "./page-context.js";
import { CHINESE_NAMES, type NamesText } from "./words/chinese-names.js";

/** Cuts whose values are the library's words, and not those of the data. */
const OF_WORDS: ReadonlySet<string> = new Set(["usageTrend", "cause"]);
/** Cuts whose values are counts of what their titles say. */
const COUNTED: ReadonlySet<string> = new Set(["complaints", "faults"]);
/** Words with a number of the cut. */
const UNDER = /^under (.+)$/u;

/** What a cut is by, for people: `tariff × region`. */
export function cutTitle(cut: string, { locale }: PageContext): string {
  const words: Readonly<Record<string, string>> = locale === "zh" ? CHINESE_NAMES : {};
  return cut
    .split("*")
    .map((part) => {
      const title = CUTS.find(({ name }) => name === part)?.title ?? part.replaceAll("_", " ");
      return Object.hasOwn(words, title) ? words[title] : title;
    })
    .join(CROSS);
}

/** What counts as churn, for people; in Chinese by the names of the library's definitions. */
export function definitionName(
  { name, description }: { readonly name: string; readonly description: string },
  { locale }: PageContext,
): string {
  const words: Readonly<Record<string, string>> = CHINESE_NAMES;
  const parts = name.split(" or ");
  if (locale === "en" || !parts.every((part) => Object.hasOwn(words, part))) return description;
  const details = parts.length === 1 && name !== "voluntary" && name !== "involuntary";
  const [, detail] = details ? (/^left: (.*)$/u.exec(description) ?? []) : [];
  return `${parts.map((part) => words[part]).join("或")}${detail === undefined ? "" : `：${detail}`}`;
}

/** A segment within a sentence: `tariff basic`, `2 complaints in 3 months`. */
export function segmentName(cut: string, value: string | null, context: PageContext): string {
  const say = translator<NamesText>(context.locale === "zh" ? CHINESE_NAMES : null);
  const title = cutTitle(cut, context);
  if (value !== null && COUNTED.has(cut)) return say("{value} {counted}", { value, counted: title });
  return say("{cut} {value}", { cut: title, value: valueName(cut, value, context) });
}

/** A value of a cut, for people. */
export function valueName(cut: string, value: string | null, { locale }: PageContext): string {
  const say = translator<NamesText>(locale === "zh" ? CHINESE_NAMES : null);
  if (value === null) return say("not known");
  if (cut === "tenure") return say("{band} months", { band: value });
  if (locale === "en") return value;
  const words: Readonly<Record<string, string>> = CHINESE_NAMES;
  if (OF_WORDS.has(cut) && Object.hasOwn(words, value)) return words[value];
  if ((cut === "groupKind" || cut === "group") && value === NO_GROUP) return say("none");
  const under = UNDER.exec(value);
  return under === null || cut === "tariff" ? value : say("under {limit}", { limit: under[1] });
}
