/** Chinese texts about what changed, by their English ones. */
export const CHINESE_CHANGE = {
  "What changed": "变化原因",
  "There is no earlier month to compare with.": "没有可比较的更早月份。",
  "The change of the churn rate is split into what segments add to it in percentage points: by their rates, and by the mix, because subscribers moved between segments of unlike rates. Each split sums to the change.":
    "流失率的变化按细分群体拆分（百分点）：一部分来自各群体流失率的变化，一部分来自结构变化（用户在流失率不同的群体间移动）。每种拆分之和等于总变化。",
  "{month} against {against}": "{month} 与 {against} 比较",
  "{before} in {against}, {after} in {month}: {change} points.":
    "{against} 为 {before}，{month} 为 {after}：变化 {change} 个百分点。",
  "What moved the rate, in percentage points": "流失率变化的来源（百分点）",
  by: "维度",
  segment: "群体",
  all: "合计",
  "rate before": "前期流失率",
  "rate after": "本期流失率",
  "by its rate": "流失率影响",
  "by the mix": "结构影响",
  together: "合计影响",
} as const satisfies Record<string, string>;

/** Texts about what changed. */
export type ChangeText = keyof typeof CHINESE_CHANGE;
