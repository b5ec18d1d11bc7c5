import type { LocaleName } from "../../explain/reasons/locales.js";
import { type Translate, translator } from "../../printing/translator.js";
import { CHINESE_LISTS } from "../page/words/chinese-lists.js";

/** A text of the lists, and of their section of the page. */
export type ListText = keyof typeof CHINESE_LISTS;

/** Gives the texts of lists in a language. */
export type SayList = Translate<ListText>;

export function listWords(locale: LocaleName): SayList {
  return translator<ListText>(locale === "zh" ? CHINESE_LISTS : null);
}
