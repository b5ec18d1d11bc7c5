import { chineseDescription } from "./chinese-descriptions.js";
import { type Locale, shownCell, shownShare } from "./locale.js";

const SHOWN_UNITS: Readonly<Record<string, string>> = { months: "个月", days: "天", years: "年" };

/** Descriptions of custom features stay as they are. */
export const chinese: Locale = {
  described: (description) => chineseDescription(description) ?? description,
  isOf: (column, value) => `${column}为${value}`,
  missing: (column) => `${column}缺失`,
  told: (description, value) => `${description}：${value}`,
  unknown: "未知",
  yes: "是",
  no: "否",
  counted: (number, unit = "") => `${number}${SHOWN_UNITS[unit] ?? ""}`,
  monthOfLife: (month) => `入网第${month}个月`,
  riskiest: "，正是离网最多的时期",
  contractEnd: (months, isAhead) => (isAhead ? `合约${months}后到期` : `合约已到期${months}`),
  asHigh: (what, against) => `${what}与${against}持平`,
  times: (what, ratio, against) => `${what}为${against}的${ratio}倍`,
  changedBy: (what, share, against, isRise) => `${what}较${against}${isRise ? "上升" : "下降"}${share}`,
  swings: (what, share) => `${what}波动达均值的${share}`,
  typically: (usual) => `（通常为${usual}）`,
  leaveMoreOften: (like, all) => `；同类用户离网更多（${like}，总体${all}）`,
  withOthers: "；与其他列合在一起使风险升高",
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
