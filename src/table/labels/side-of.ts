import { LABEL_WORDS } from "./label-words.js";
import { wordOf, wordsOf } from "./word-of.js";

/** What a text says: that a subscriber churned, or stayed; `unclear` where it may say either. */
export type Side = "churned" | "stayed" | "unclear" | "unknown";

/**
 * What a name of a column or a phrase says. Of `is_active`, `isActive` and `是否在网` it is that a subscriber stayed, of
 * `not_renewed`, `nonrenewed` and `未续约` that one churned; of `churn_or_retained`, and where a part of a word looks like
 * staying (`reactivation`) it is unclear.
 */
export function sideOf(text: string): Side {
  const tokens = tokensOf(text);
  const found = [...sidesOfTokens(tokens), ...sidesWithin(wordOf(text))];
  const sides = new Set(found);
  if (sides.size === 0) return "unknown";
  const [side] = sides;
  // `renewal_declined`, `续约失败`; but `churn_after_90_days` asks who churned.
  if (side === "stayed" && isUndone(tokens, text)) return "unclear";
  if (side === "churned" && tokens.includes("free")) return "unclear";
  return sides.size === 1 ? side : "unclear";
}

/** Whether a word undoes what is named; `plus` after a negation belongs to it, as in `n'est plus actif`. */
function isUndone(tokens: readonly string[], text: string): boolean {
  const isAlone = (token: string, at: number) => !(BETWEEN.has(token) && NEGATIONS.has(tokens[at - 1]));
  return (
    tokens.some((token, at) => UNSURE.has(token) && isAlone(token, at)) || UNSURE_WITHIN.test(wordOf(text))
  );
}

/** The other one, where there is one. */
export function oppositeOf(side: Side): Side {
  if (side === "churned") return "stayed";
  return side === "stayed" ? "churned" : side;
}

/** Written without blanks, so that words are found within. */
const IDEOGRAPHIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** What may be between a negation and its word: `no longer active`, `not yet renewed`, `n'est plus actif`. */
const BETWEEN = new Set("longer more yet be been is a an has have did plus mais mas piu mehr".split(" "));
/** What may be in front of a word or behind it without a mark between: `isactive`, `activeflag`. */
const IN_FRONT = /^(?:is|was|has|still|ist|est)/u;
const BEHIND = /(?:flag|status|indicator|ind|label|yn|user|customer|client)$/u;
/** Negations that are written in front of a word as one with it: `nonrenewed`, `unrenewed`, `непродлен`. */
const NEGATED = /^(?:not|non|no|un|не)/u;
/** A word that holds one of these may be about staying. */
const LIKE_STAYED = /activ|aktiv|attiv|retain|retention|renew|loyal|актив/u;

const SIDES = sidesOfWords();
const UNSURE = new Set(languages(({ unsure }) => wordsOf(unsure)));
const NEGATIONS = new Set(languages(({ not }) => wordsOf(not)));

function sidesOfWords(): ReadonlyMap<string, Side> {
  const ofLanguage = (side: Side, words: string) => wordsOf(words).map((word) => [word, side] as const);
  return new Map(
    languages(({ churned, gone, asksChurned, stayed, asksStayed }) => [
      ...ofLanguage("churned", `${churned} ${gone} ${asksChurned}`),
      ...ofLanguage("stayed", `${stayed} ${asksStayed}`),
    ]),
  );
}

function languages<Item>(itemsOf: (words: (typeof LABEL_WORDS)[string]) => readonly Item[]): readonly Item[] {
  return Object.values(LABEL_WORDS).flatMap(itemsOf);
}

/** Words between marks, digits and changes to a capital. */
function tokensOf(text: string): string[] {
  const apart = text.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replaceAll(/[’']/gu, "");
  return wordOf(apart)
    .split(/[^\p{L}]+/u)
    .filter((token) => token !== "" && !IDEOGRAPHIC.test(token));
}

function sidesOfTokens(tokens: readonly string[]): Side[] {
  const turning = new Set<number>();
  const sides = tokens.flatMap((token, at): Side[] => {
    const side = NEGATIONS.has(token) ? "unknown" : sideOfToken(token);
    if (side === "unknown") return [];
    let before = at - 1;
    while (before >= 0 && BETWEEN.has(tokens[before])) before--;
    if (before < 0 || !NEGATIONS.has(tokens[before])) return [side];
    turning.add(before);
    return [oppositeOf(side)];
  });
  const isLoose = tokens.some((token, at) => NEGATIONS.has(token) && !turning.has(at));
  return sides.length > 0 && isLoose ? ["unclear"] : sides;
}

function sideOfToken(token: string): Side {
  const alone = (word: string) => SIDES.get(word) ?? SIDES.get(word.replace(BEHIND, "")) ?? "unknown";
  const side = alone(token);
  if (side !== "unknown") return side;
  const asked = alone(token.replace(IN_FRONT, ""));
  if (asked !== "unknown") return asked;
  const negated = alone(token.replace(IN_FRONT, "").replace(NEGATED, ""));
  if (negated !== "unknown") return oppositeOf(negated);
  return LIKE_STAYED.test(token) ? "unclear" : "unknown";
}

/** Asks "whether", although it holds a word for no. */
const WHETHER = /[是能可有]否/gu;
const IDEOGRAPHIC_WORDS = alternatives([...SIDES.keys()]);
const IDEOGRAPHIC_NEGATIONS = alternatives([...NEGATIONS]);
const WITHIN = new RegExp(`(${IDEOGRAPHIC_NEGATIONS})?(${IDEOGRAPHIC_WORDS})`, "gu");
const UNSURE_WITHIN = new RegExp(alternatives([...UNSURE]), "u");
const LOOSE = new RegExp(`${IDEOGRAPHIC_NEGATIONS}|ない|なし|せず`, "u");

/** The longest first. */
function alternatives(words: readonly string[]): string {
  return words
    .filter((word) => IDEOGRAPHIC.test(word))
    .sort((a, b) => b.length - a.length)
    .join("|");
}

/** Sides of words that are written without blanks, wherever they are; a negation must be directly in front. */
function sidesWithin(text: string): Side[] {
  if (!IDEOGRAPHIC.test(text)) return [];
  const asked = text.replaceAll(WHETHER, " ");
  const sides = [...asked.matchAll(WITHIN)].map(([, negation, word]): Side => {
    const side = SIDES.get(word) ?? "unknown";
    return negation === undefined ? side : oppositeOf(side);
  });
  return sides.length > 0 && LOOSE.test(asked.replaceAll(WITHIN, " ")) ? ["unclear"] : sides;
}
