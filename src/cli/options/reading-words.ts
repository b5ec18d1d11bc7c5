import { shellWord } from "../../printing/shell-word.js";
import type { ReadingOptions } from "./reading-options.js";

/** Options of reading as they were written, for commands that are to read the same file in the same way. */
export function readingWords(
  options: ReadingOptions & {
    readonly columns?: Readonly<Record<string, string>>;
    readonly exclude?: readonly string[];
  },
): string[] {
  const { encoding, delimiter, percent, columns = {}, exclude = [] } = options;
  const words = (flag: string, values: readonly (string | undefined)[]) =>
    values.flatMap((value) => (value === undefined ? [] : [`--${flag} ${shellWord(value)}`]));
  const kept = (
    flag: string,
    name: "missing" | "decimal" | "thousands" | "currency" | "dateFormat" | "timeZone",
  ) =>
    [...(options[name] ?? [])].flatMap(([column, texts]) =>
      words(
        flag,
        texts.map((text) => (column === undefined ? text : `${column}=${text}`)),
      ),
    );
  return [
    ...words("encoding", [encoding]),
    ...words("delimiter", [delimiter]),
    ...words(
      "columns",
      Object.entries(columns).map(([name, kind]) => `${name}=${kind}`),
    ),
    ...words("exclude", exclude),
    ...kept("missing", "missing"),
    ...kept("decimal", "decimal"),
    ...kept("thousands", "thousands"),
    ...kept("currency", "currency"),
    ...(percent === true ? ["--percent"] : []),
    ...kept("date-format", "dateFormat"),
    ...kept("time-zone", "timeZone"),
  ];
}
