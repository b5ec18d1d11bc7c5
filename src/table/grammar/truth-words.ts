import { LABEL_WORDS } from "../labels/label-words.js";
import { labelKey, wordOf, wordsOf } from "../labels/word-of.js";

/** Longer texts are no answers. */
const LONGEST = 16;

/** Words that mean true or false in some language and the opposite in no other. */
const TRUTH_WORDS: ReadonlyMap<string, boolean> = truthWords();

/**
 * What a text says as an answer: true for `true`, `yes`, `Y`, `1`, `是` …, false for `false`, `no`, `N`, `0`, `否` …, in any
 * case; undefined for any other text.
 */
export function truthOf(text: string): boolean | undefined {
  return text.length > LONGEST ? undefined : TRUTH_WORDS.get(wordOf(labelKey(text)));
}

function truthWords(): Map<string, boolean> {
  const truths = new Map<string, boolean>();
  const disputed = new Set<string>();
  for (const { yes, no } of Object.values(LABEL_WORDS)) {
    for (const [words, truth] of [
      [yes, true],
      [no, false],
    ] as const) {
      for (const word of wordsOf(words)) {
        // Of labels, −1 may stand for no; among numbers it is one.
        if (word === "-1") continue;
        if (truths.get(word) === !truth) disputed.add(word);
        truths.set(word, truth);
      }
    }
  }
  for (const word of disputed) truths.delete(word);
  return truths;
}
