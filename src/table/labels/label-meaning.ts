import { LABEL_WORDS } from "./label-words.js";
import { sideOf } from "./side-of.js";
import { labelKey, wordOf, wordsOf } from "./word-of.js";

/** Which of two label values means churned, and how that is known. */
export interface LabelMeaning {
  /** 0 or 1: the first or the second value. */
  readonly churned: 0 | 1;
  /**
   * `word`: a value says it itself (churned, 流失). `answer`: yes, as the column asks who churned. `turned`: no, as the
   * name of the column asks who stayed.
   */
  readonly by: "word" | "answer" | "turned";
}

/**
 * Which of two label values means churned; undefined where it is not certain.
 *
 * Words for churned and stayed count whatever the column is called. Answers such as yes and no, true and false, 1 and 0
 * answer what the name of the column asks: who stayed where it names staying (`retained`, `is_active`, `在网`), else who
 * churned. 1 is an answer only beside 0 or −1.
 * @param name of the column; undefined where it is not known.
 */
export function labelMeaning(
  values: readonly [string, string],
  name: string | undefined,
): LabelMeaning | undefined {
  const [first, second] = values.map((value) => wordOf(labelKey(value)));
  const word = churnedByWord(first, second);
  if (word !== undefined) return { churned: word, by: "word" };
  const yes = ANSWERS.map(({ yes, no }) => {
    if (yes.has(first) && no.has(second)) return 0;
    return yes.has(second) && no.has(first) ? 1 : undefined;
  }).find((each) => each !== undefined);
  if (yes === undefined) return undefined;
  const asks = name === undefined ? "unknown" : sideOf(name);
  if (asks === "unclear") return undefined;
  return asks === "stayed" ? { churned: yes === 0 ? 1 : 0, by: "turned" } : { churned: yes, by: "answer" };
}

/** Whether two values give the same answer, in whatever notation: `Yes`, `true` and `1`. */
export function isSameAnswer(one: string, other: string): boolean {
  return answerOf(one) !== undefined && answerOf(one) === answerOf(other);
}

const ANSWERS = Object.values(LABEL_WORDS).map(({ yes, no }) => ({
  yes: new Set(wordsOf(yes)),
  no: new Set(wordsOf(no)),
}));
const CHURNED = wordsOfAll(({ churned }) => churned);
const GONE = wordsOfAll(({ gone }) => gone);
const STAYED = wordsOfAll(({ stayed }) => stayed);

function wordsOfAll(of: (words: (typeof LABEL_WORDS)[string]) => string): ReadonlySet<string> {
  return new Set(Object.values(LABEL_WORDS).flatMap((words) => wordsOf(of(words))));
}

function churnedByWord(first: string, second: string): 0 | 1 | undefined {
  const [isFirst, isSecond] = [saysChurned(first, second), saysChurned(second, first)];
  if (isFirst === isSecond) return undefined;
  return isFirst ? 0 : 1;
}

/**
 * Whether a value means churned beside the other one: one of the two must be a word of the list, and the other must not
 * contradict it. What is beside `churned` may be any word that does not say the same; elsewhere both must be known.
 */
function saysChurned(value: string, other: string): boolean {
  const beside = sideOf(other);
  if (CHURNED.has(value) && (beside === "stayed" || beside === "unknown")) return true;
  if (GONE.has(value)) return STAYED.has(other) || beside === "stayed";
  return STAYED.has(other) && sideOf(value) === "churned";
}

function answerOf(value: string): "yes" | "no" | undefined {
  const word = wordOf(labelKey(value));
  if (ANSWERS.some(({ yes }) => yes.has(word))) return "yes";
  return ANSWERS.some(({ no }) => no.has(word)) ? "no" : undefined;
}
