import { describe, expect, test } from "vitest";
import { chineseDescription } from "../../src/explain/reasons/chinese-descriptions.js";
import type { SentenceParts } from "../../src/explain/reasons/locale.js";
import { LOCALES } from "../../src/explain/reasons/locales.js";
import { sentenceOf } from "../../src/explain/reasons/sentence.js";
import { filledTemplate } from "../../src/explain/reasons/templates.js";
import { describeColumns } from "../../src/history/describe-columns.js";
import { describeFeatures } from "../../src/history/snapshots.js";
import { STANDARD_TABLES } from "../../src/history/standard-tables.js";

const PARTS: SentenceParts = { column: "x", kind: "numeric", value: 2, isRiskiest: false };
const RATES = { like: 0.43, all: 0.265 };

const CASES: readonly [Partial<SentenceParts>, english: string, chinese: string][] = [
  [
    { column: "Contract", kind: "categorical", value: "Month-to-month", rates: RATES },
    "Contract is Month-to-month; subscribers like this leave more often (43% left, of all 27%)",
    "Contract为Month-to-month；同类用户离网更多（43%，总体27%）",
  ],
  [
    { column: "Contract", kind: "categorical", value: "Two year", rates: { like: 0.03, all: 0.265 } },
    "Contract is Two year; together with the other columns this raises the risk",
    "Contract为Two year；与其他列合在一起使风险升高",
  ],
  [{ column: "tenure", typical: 29 }, "tenure is 2 (typically 29)", "tenure为2（通常为29）"],
  [
    { column: "tenure", value: null },
    "tenure is missing; together with the other columns this raises the risk",
    "tenure缺失；与其他列合在一起使风险升高",
  ],
  [
    { value: 0.38, unit: "share", description: "mobile data of the last month against the mean" },
    "mobile data of the last month fell 62% against the mean",
    "上月流量较均值下降62%",
  ],
  [
    { value: 1.25, unit: "share", description: "last bill against the mean bill" },
    "last bill rose 25% against the mean bill",
    "上月账单较月均账单上升25%",
  ],
  [
    { value: 3.21, unit: "share", description: "last bill against the mean bill" },
    "last bill 3.2 times the mean bill",
    "上月账单为月均账单的3.2倍",
  ],
  [
    { value: 1, unit: "share", description: "last bill against the mean bill" },
    "last bill as high as the mean bill",
    "上月账单与月均账单持平",
  ],
  [
    {
      column: "tenure_months",
      value: 4.3,
      unit: "months",
      description: "time since activation",
      isRiskiest: true,
    },
    "month 5 since activation, around which most leave",
    "入网第5个月，正是离网最多的时期",
  ],
  [
    { value: 2, unit: "count", typical: 0, description: "complaints in the last three months" },
    "complaints in the last three months: 2 (typically 0)",
    "近三个月投诉次数：2（通常为0）",
  ],
  [
    { value: 1, unit: "months", typical: 1, description: "time on the tariff" },
    "time on the tariff: 1 month",
    "在现套餐的时长：1个月",
  ],
  [
    { value: 0, unit: "flag", description: "has an account manager", rates: RATES },
    "has an account manager: no; subscribers like this leave more often (43% left, of all 27%)",
    "有客户经理：否；同类用户离网更多（43%，总体27%）",
  ],
  [
    { value: null, unit: "days", description: "time since the last contact" },
    "time since the last contact: not known",
    "距上次联系：未知",
  ],
];

describe("a reason as a sentence", () => {
  test.each(CASES)("of %o", (parts, english, chinese) => {
    expect(sentenceOf({ ...PARTS, ...parts }, LOCALES.en)).toBe(english);
    expect(sentenceOf({ ...PARTS, ...parts }, LOCALES.zh)).toBe(chinese);
  });

  test("takes names and categories as text, whatever they say", () => {
    const hostile = {
      column: "<script>alert(1)</script>",
      kind: "categorical",
      value: `=cmd()|"'{value}`,
    } as const;
    for (const locale of [LOCALES.en, LOCALES.zh]) {
      const text = sentenceOf({ ...PARTS, ...hostile }, locale);
      expect(text).toContain(hostile.column);
      expect(text).toContain(hostile.value);
    }
  });
});

describe("a template", () => {
  test("takes what is known, a dash for what is not, and leaves other braces", () => {
    const parts = { ...PARTS, value: 0.425, unit: "share", rates: RATES };
    expect(filledTemplate("{column} {value} {typical} {rate} {allRate} {what}", parts)).toBe(
      "x 43% – 43% 27% {what}",
    );
  });

  test("does not fill braces that a value holds", () => {
    const parts = { ...PARTS, value: "{column}" };
    expect(filledTemplate("{value}!", parts)).toBe("{column}!");
  });
});

describe("descriptions of snapshots", () => {
  const schema = Object.fromEntries(
    Object.entries(STANDARD_TABLES).map(([table, { columns }]) => [
      table,
      [
        ...columns.map(({ name, kind }) => ({ name, kind })),
        ...(["usage", "activity"].includes(table) ? [{ name: "流量", kind: "number" as const }] : []),
      ],
    ]),
  );
  const options = { at: "2025-01", observe: 12, gap: 1, horizon: 1 };

  test("are found again from the names of the columns alone", async () => {
    const described = await describeFeatures({ schema }, options);
    const found = await describeColumns([...described.map(({ name }) => name), "my own", "subscriber_id"]);
    expect(found).toEqual(described);
    expect(found.length).toBeGreaterThan(100);
  });

  test("are all told in Chinese, measures with their names", async () => {
    const described = await describeFeatures({ schema }, options);
    const untold = described.filter(({ description }) => chineseDescription(description) === undefined);
    expect(untold.map(({ name, description }) => `${name}: ${description}`)).toEqual([]);
    expect(chineseDescription("流量 of the last month against the mean")).toBe("上月流量 against 均值");
    expect(chineseDescription("something else")).toBeUndefined();
  });
});
