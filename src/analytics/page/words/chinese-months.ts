/** Chinese texts about months, by their English ones. */
export const CHINESE_MONTHS = {
  Months: "月度情况",
  joined: "新入网",
  left: "离网",
  "base at the start": "期初在网用户",
  "base at the end": "期末在网用户",
  "churn rate": "流失率",
  "left per 100 new": "每百新增离网",
  net: "净增",
  revenue: "收入",
  ARPU: "ARPU 值",
  month: "月份",
  subscribers: "用户数",
  "By month": "按月",
  "By quarter and year": "按季度和年度",
  "quarter or year": "季度或年度",
  "left per month": "月均离网",
  "churn rate per month": "月均流失率",
  "{span} ({months} {months|month|months})": "{span}（{months} 个月）",
  "From {from} to {to} {joined} subscribers joined and {left} left, {per} a month.":
    "{from} 至 {to} 新入网 {joined} 户，离网 {left} 户，月均离网 {per} 户。",
  "That is {rate} of the base, {perMonth} a month.": "占在网用户的 {rate}，月均 {perMonth}。",
  "The season is taken out by a seasonal-trend decomposition of {months} months.":
    "季节因素由 {months} 个月的季节趋势分解（STL）剔除。",
  "With fewer than 24 months, months are compared with the same month of the last year.":
    "历史不足 24 个月，各月与上年同月比较。",
  "With fewer than 13 months, nothing can be said of the season.": "历史不足 13 个月，无法判断季节因素。",
  "No month breaks from the others by more than chance explains.": "没有哪个月的流失率超出偶然波动。",
  "{month}: the churn rate moved to {rate} and stayed there ({expected} was expected)":
    "{month}：流失率变为 {rate} 并持续（预期 {expected}）",
  "{month}: a churn rate of {rate} where {expected} was expected": "{month}：流失率 {rate}，预期 {expected}",
  "without the season": "剔除季节",
  "Churn rate by month": "各月流失率",
  "Joined and left by month": "各月新入网与离网",
} as const satisfies Record<string, string>;

/** Texts about months. */
export type MonthsText = keyof typeof CHINESE_MONTHS;
