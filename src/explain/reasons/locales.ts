import { chinese } from "./chinese.js";
import { english } from "./english.js";
import type { Locale } from "./locale.js";

/** The languages of reasons. A new one is a file and a line here. */
export const LOCALES = { en: english, zh: chinese } as const satisfies Readonly<Record<string, Locale>>;

/** A language of reasons: English or Chinese. */
export type LocaleName = keyof typeof LOCALES;
