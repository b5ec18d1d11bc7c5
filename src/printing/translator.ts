/** Values of placeholders: numbers are written with thousands separators, texts as they are. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Gives a text of a page in its language, its placeholders filled in. */
export type Translate<Text extends string> = (text: Text, values?: TextValues) => string;

/**
 * Texts of a page in one language. They are written in English where they are used, and looked up by that: `Text` is the type of all of them,
 * so that a text without a translation does not compile.
 *
 * A text may have placeholders: `{rows}` is a value, `{rows|row|rows}` the word for one or for several of it (English only).
 * @param words translations by English text; null for English.
 * @example translator<"{rows} {rows|row|rows}">({ "{rows} {rows|row|rows}": "{rows} 行" })("{rows} {rows|row|rows}", { rows: 7043 }) // "7,043 行"
 */
export function translator<Text extends string>(
  words: Readonly<Record<Text, string>> | null,
): Translate<Text> {
  return (text, values = {}) =>
    (words === null ? text : words[text]).replaceAll(
      PLACEHOLDER,
      (_, name: string, one?: string, many?: string) => {
        const value = values[name];
        if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many;
        return typeof value === "number"
          ? value.toLocaleString("en-US", { maximumFractionDigits: 0 })
          : value;
      },
    );
}

const PLACEHOLDER = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/gu;
