import { chinese } from "./chinese.js";
import { english } from "./english.js";
import type { Locale } from "./locale.js";

/** A language of reasons: English or Chinese. */
export type LocaleName = "en" | "zh";

/** The languages of reasons. A new one is a file, a line here and its name. */
export const LOCALES: Readonly<Record<LocaleName, Locale>> = { en: english, zh: chinese };
