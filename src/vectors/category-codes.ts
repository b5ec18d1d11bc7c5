import { categoryText } from "../table/grammar/category-text.js";
import { type CellGrammar, grammarOf } from "../table/grammar/cell-grammar.js";
import { truthOf } from "../table/grammar/truth-words.js";
import { readNumber } from "../table/text-rules.js";

/** The categories that a model knows, and how cells of the column are written. */
export interface KnownCategories {
  /** With a separate code, their place here. */
  readonly levels: readonly string[];
  /** Seen in training, and joined into *other*. */
  readonly rareLevels?: readonly string[];
  readonly grammar?: CellGrammar;
}

/** What a text is to a model: the place of a level, or one of the codes after them. */
export interface CategoryReader {
  /** A level's place, `levels.length` for *other* (rare in training, or not seen there), −1 for a missing one. */
  codeOf(text: string): number;
  /** Whether it is neither missing nor a category that training saw. */
  isUnseen(text: string): boolean;
}

const PLAIN = grammarOf();

/**
 * Reads categories as a model knows them. A text is the category that is written the same; else, where there is exactly one,
 * the category that is the same number (`1.0` is `1`, and 7 may be `007`), or the same answer: where a column holds an answer,
 * `yes`, `true`, `Y`, `1` and `是` are one category, and so are their opposites.
 */
export function categoryReader({
  levels,
  rareLevels = [],
  grammar = PLAIN,
}: KnownCategories): CategoryReader {
  const exact = new Map(levels.map((level, code) => [level, code]));
  let others: ((category: string) => number | undefined) | undefined;
  const place = (text: string): number => {
    const code = exact.get(text);
    if (code !== undefined) return code;
    const category = grammar.category(text);
    if (category === "") return -1;
    const known = exact.get(category);
    if (known !== undefined) return known;
    // Most texts are found before.
    others ??= otherSpellings([...levels, ...rareLevels]);
    return others(category) ?? levels.length + rareLevels.length;
  };
  return {
    codeOf: (text) => Math.min(place(text), levels.length),
    isUnseen: (text) => place(text) === levels.length + rareLevels.length,
  };
}

/** Finds a category that is written in another way than the known ones. */
function otherSpellings(known: readonly string[]): (category: string) => number | undefined {
  const spelled = onlyOnes(known.map(categoryText));
  const numbers = onlyOnes(known.map(numberOf));
  const truths = onlyOnes(answersOf(known));
  return (category) => {
    const found = spelled.get(category);
    if (found !== undefined) return found;
    const number = numberOf(category);
    const same = number === undefined ? undefined : numbers.get(number);
    if (same !== undefined) return same;
    const truth = truths.size === 0 ? undefined : truthOf(category);
    return truth === undefined ? undefined : truths.get(truth);
  };
}

/** The places of keys that appear once. */
function onlyOnes<Key>(keys: readonly (Key | undefined)[]): Map<Key, number> {
  const places = new Map<Key, number>();
  const repeated = new Set<Key>();
  keys.forEach((key, place) => {
    if (key === undefined) return;
    if (places.has(key)) repeated.add(key);
    else places.set(key, place);
  });
  for (const key of repeated) places.delete(key);
  return places;
}

function numberOf(category: string): number | undefined {
  // Money is not a number here: one price in two currencies is two categories.
  const number = /^[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?$/.test(category) ? readNumber(category) : undefined;
  return number === undefined || Number.isNaN(number) ? undefined : number;
}

/**
 * What categories say as answers, where the column holds an answer: all of them are one, or a yes and a no are among words
 * such as `unknown`. A letter among other words, and a digit among other numbers, is no answer.
 */
function answersOf(known: readonly string[]): (boolean | undefined)[] {
  const answers = known.map(truthOf);
  if (!answers.includes(undefined)) return answers;
  const isPair = answers.includes(true) && answers.includes(false);
  const isNoCode = known.every((category, k) => answers[k] === undefined || isWord(category));
  return isPair && isNoCode ? answers : [];
}

function isWord(text: string): boolean {
  return text.length > 1 || /[^ -~]/.test(text);
}
