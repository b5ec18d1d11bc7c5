import { chineseDescription } from "./chinese-descriptions.js";
import {
  comparedIn,
  type Locale,
  type SentenceParts,
  shownCell,
  shownNumber,
  shownShare,
  swingingIn,
} from "./locale.js";

const SHOWN_UNITS: Readonly<Record<string, string>> = { months: "个月", days: "天", years: "年" };

/** Descriptions of custom features stay as they are. */
export const chinese: Locale = {
  sentence: (parts) => {
    const { column, value, kind, unit } = parts;
    if (column === "tenure_months" && typeof value === "number") return monthOfLife(parts, value);
    if (column === "months_to_contract_end" && typeof value === "number") return contractEnd(value);
    if (parts.description === undefined) return `${column}${plainValue(parts)}${evidence(parts)}`;
    const description = chineseDescription(parts.description) ?? parts.description;
    if (value === null) return `${description}：未知`;
    if (typeof value === "string" || kind !== "numeric") return `${description}：${value}${evidence(parts)}`;
    if (unit === "flag") return `${description}：${value === 1 ? "是" : "否"}${evidence(parts)}`;
    const compared = unit === "share" ? comparedIn(description) : undefined;
    if (compared !== undefined) return comparison(compared, value);
    const swinging = swingingIn(description);
    if (swinging !== undefined) return `${swinging}波动达均值的${shownShare(value)}${typically(parts)}`;
    const number = unit === "share" ? shownShare(value) : shownNumber(value);
    return `${description}：${number}${SHOWN_UNITS[unit ?? ""] ?? ""}${typically(parts)}`;
  },
  changed: (steps, probability, tier) => {
    const changes = steps.map(({ column, from, to }) => `${column}由${shownCell(from)}改为${shownCell(to)}`);
    return `若${changes.join("、")}，模型给出的概率为${shownShare(probability)}，等级${tier}`;
  },
  unchanged: {
    "lowest tier": "已处于最低等级",
    "nothing actionable": "没有标记为可干预的列",
    "none found": "未找到最多三列可干预项的改变",
    "no reference": "模型未保存训练数据的分布",
  },
};

function monthOfLife(parts: SentenceParts, value: number): string {
  const month = `入网第${shownNumber(Math.floor(Math.max(0, value)) + 1)}个月`;
  return parts.isRiskiest ? `${month}，正是离网最多的时期` : `${month}${typically(parts)}`;
}

function contractEnd(value: number): string {
  const months = shownNumber(Math.round(Math.abs(value)));
  return value >= 0 ? `合约${months}个月后到期` : `合约已到期${months}个月`;
}

function plainValue(parts: SentenceParts): string {
  const { value } = parts;
  if (value === null) return "缺失";
  return `为${typeof value === "number" ? shownNumber(value) : value}${typically(parts)}`;
}

function comparison([what, against]: readonly [string, string], ratio: number): string {
  const change = ratio - 1;
  if (Math.abs(change) < 0.005) return `${what}与${against}持平`;
  if (change >= 1) return `${what}为${against}的${shownNumber(Number(ratio.toPrecision(2)))}倍`;
  return `${what}较${against}${change < 0 ? "下降" : "上升"}${shownShare(Math.abs(change))}`;
}

function typically({ value, typical, unit }: SentenceParts): string {
  if (typical === undefined || typeof value !== "number") return "";
  const usual = unit === "share" ? shownShare(typical) : shownNumber(typical);
  const own = unit === "share" ? shownShare(value) : shownNumber(value);
  return usual === own ? "" : `（通常为${usual}）`;
}

function evidence({ rates, value }: SentenceParts): string {
  if (rates === undefined || !(rates.like > rates.all))
    return typeof value === "number" ? "" : "；与其他列合在一起使风险升高";
  return `；同类用户离网更多（${shownShare(rates.like)}，总体${shownShare(rates.all)}）`;
}
