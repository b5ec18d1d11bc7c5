import { CARD } from "./chinese-card.js";
import { DRIFT } from "./chinese-drift.js";
import { MEASURES } from "./chinese-measures.js";
import { MODEL } from "./chinese-model.js";
import { NOTES } from "./chinese-notes.js";
import { SUMMARY } from "./chinese-summary.js";
import { TABLES } from "./chinese-tables.js";

/** The texts of the report in Chinese, by the English ones. */
export const CHINESE = { ...TABLES, ...SUMMARY, ...MEASURES, ...MODEL, ...CARD, ...NOTES, ...DRIFT } as const;

/** A text of the report: a text that is not translated does not compile. */
export type ReportText = keyof typeof CHINESE;
