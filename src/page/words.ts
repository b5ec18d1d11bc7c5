import type { LocaleName } from "../explain/reasons/locales.js";
import { type Translate, translator } from "../printing/translator.js";

/** What the page itself says, around the texts that it is given, in Chinese. */
const CHINESE = {
  Contents: "目录",
  "Skip to the content": "跳到正文",
  Warning: "注意",
  "Not available": "暂缺",
  "The first {shown} of {rows} rows, all in": "前 {shown} 行，共 {rows} 行，完整表格见",
  "Filter rows": "筛选行",
  "{shown} of {rows} rows": "{rows} 行中的 {shown} 行",
  Copy: "复制",
  Copied: "已复制",
} as const satisfies Record<string, string>;

/** A text of the page itself. */
export type PageText = keyof typeof CHINESE;

/** What the page itself says, by language; null: as it stands in the code. */
const WORDS: Readonly<Record<LocaleName, Readonly<Record<PageText, string>> | null>> = {
  en: null,
  zh: CHINESE,
};

/** Gives the texts of a page in its language. */
export function pageWords(locale: LocaleName): Translate<PageText> {
  return translator(WORDS[locale]);
}
