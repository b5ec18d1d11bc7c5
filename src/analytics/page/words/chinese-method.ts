/** Chinese texts about how figures are made, by their English ones. */
export const CHINESE_METHOD = {
  "How it is counted": "统计口径",
  "Churned: {definition}.": "流失口径：{definition}。",
  "Base: who was activated before the first day and not ended before it. Left: whose day of churn lies in the period, those who joined in it included.":
    "在网用户：首日之前入网且此前未离网者。离网：流失日在期间内者，含期间新入网者。",
  "Churn rates are divided by the base at the start.": "流失率以期初在网用户为分母。",
  "Churn rates of months are divided by the base at the end, those of cuts by the base at the start.":
    "各月流失率以期末在网用户为分母，分类流失率以期初为分母。",
  "ARPU of a month: its revenue, divided by the mean of the bases at its start and end. Revenue of a subscriber: the mean bill of the three months before.":
    "月 ARPU：当月收入除以期初、期末在网用户的平均数。用户收入：此前三个月的平均账单。",
  "Estimated rates and intervals: beta-binomial empirical Bayes. What stands out: funnel plot with overdispersion (Spiegelhalter 2005), false-discovery rate by Benjamini and Hochberg (1995). What changed: Kitagawa (1955). Season: STL (Cleveland et al. 1990).":
    "估计流失率及区间：贝塔二项经验贝叶斯。异常：考虑过度离散的漏斗图（Spiegelhalter 2005），错误发现率按 Benjamini 和 Hochberg（1995）。变化拆分：Kitagawa（1955）。季节：STL（Cleveland 等 1990）。",
} as const satisfies Record<string, string>;

/** Texts about how figures are made. */
export type MethodText = keyof typeof CHINESE_METHOD;
