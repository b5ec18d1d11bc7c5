/** A feature that the table does not have: the sum of others that are parts of one whole. */
export interface Total {
  readonly name: string;
  /** Positions of its parts among the inputs. */
  readonly of: readonly number[];
}

/** A numeric column that may be part of a total. */
export interface NumericPart {
  /** Among the inputs. */
  readonly position: number;
  readonly name: string;
  readonly values: Float64Array;
}

/** Words, as patterns, that name parts of usage and charges: by time, by place, by direction. */
const PARTS = [
  "day",
  "daytime",
  "eve",
  "evening",
  "night",
  "morning",
  "afternoon",
  "weekday",
  "weekend",
  "off[-_ \\u200b]?peak",
  "peak",
  "local",
  "national",
  "domestic",
  "international",
  "intl",
  "roaming",
  "on[-_ \\u200b]?net",
  "off[-_ \\u200b]?net",
  "incoming",
  "outgoing",
  "inbound",
  "outbound",
];
const CHINESE_PARTS = [
  "白天",
  "夜间",
  "晚间",
  "工作日",
  "周末",
  "本地",
  "长途",
  "漫游",
  "国内",
  "国际",
  "省内",
  "省外",
  "网内",
  "网外",
  "主叫",
  "被叫",
];
const PART = new RegExp(`(?<![a-z])(?:${PARTS.join("|")})(?![a-z])|${CHINESE_PARTS.join("|")}`, "i");

/**
 * Totals of numeric columns whose names differ in one such word only: `Total day charge`, `Total eve charge` and
 * `Total night charge` make `Total day + eve + night charge`. Subscribers look at the whole bill, and a tree
 * can't add. There is no total where the table has it already, or where a part lies beyond ±1e300.
 */
export function findTotals(numbers: readonly NumericPart[]): Total[] {
  const wholes = new Map<
    string,
    { readonly word: string; readonly place: number; readonly index: number }[]
  >();
  numbers.forEach(({ name }, index) => {
    const spaced = name.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1\u200b");
    const found = PART.exec(spaced);
    if (found === null) return;
    const key = `${spaced.slice(0, found.index)}\u0000${spaced.slice(found.index + found[0].length)}`;
    const parts = wholes.get(key) ?? [];
    parts.push({ word: found[0], place: found.index, index });
    wholes.set(key, parts);
  });
  const totals: Total[] = [];
  for (const [key, parts] of wholes) {
    const words = new Set(parts.map(({ word }) => word.toLowerCase()));
    if (words.size < 2 || words.size < parts.length) continue;
    const columns = parts.map(({ index }) => numbers[index].values);
    if (!columns.every((values) => values.every((value) => !(Math.abs(value) > 1e300)))) continue;
    const sum = Float64Array.from(columns[0], (_, row) => totalAt(columns, row));
    if (numbers.some(({ values }) => isSame(values, sum))) continue;
    const name = key.replace("\u0000", parts.map(({ word }) => word).join(" + ")).replaceAll("\u200b", "");
    totals.push({ name, of: parts.map(({ index }) => numbers[index].position) });
  }
  const taken = new Set(numbers.map(({ name }) => name));
  return totals.filter(({ name }) => !taken.has(name));
}

/** Missing where any part is. */
export function totalAt(columns: readonly Float64Array[], row: number): number {
  let sum = 0;
  for (const values of columns) sum += values[row];
  return kept(sum);
}

/** The totals of one row, written after its inputs. */
export function fillTotals(totals: readonly Total[], row: Float64Array, inputs: number): void {
  for (let t = 0; t < totals.length; t++) {
    let sum = 0;
    for (const position of totals[t].of) sum += row[position];
    row[inputs + t] = kept(sum);
  }
}

/** Sums of values far beyond all training values stay finite. */
function kept(sum: number): number {
  return Math.min(Math.max(sum, -Number.MAX_VALUE), Number.MAX_VALUE);
}

function isSame(values: Float64Array, sum: Float64Array): boolean {
  return values.every((value, row) =>
    Number.isNaN(value)
      ? Number.isNaN(sum[row])
      : Math.abs(value - sum[row]) <= 1e-9 * Math.max(1, Math.abs(value)),
  );
}
