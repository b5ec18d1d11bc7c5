/** Chinese texts of the summary, by their English ones. */
export const CHINESE_SUMMARY = {
  "This Monday": "本周要点",
  "Churn analysis": "流失分析",
  "Operator, {from} to {to}; churned: {definition}": "{from} 至 {to}；流失口径：{definition}",
  "Made by holdfast {version}.": "由 holdfast {version} 生成。",
  "In {month} {left} left and {joined} joined.": "{month} 离网 {left} 户，新入网 {joined} 户。",
  "In {month} {left} of {base} subscribers left, {rate}, and {joined} joined.":
    "{month} 期初 {base} 户中离网 {left} 户，流失率 {rate}，新入网 {joined} 户。",
  "In {month} {left} subscribers left, {rate} of the {base} at its end, and {joined} joined.":
    "{month} 离网 {left} 户，占期末 {base} 户的 {rate}，新入网 {joined} 户。",
  "The base shrank by {net}.": "在网用户净减 {net} 户。",
  "The base grew by {net}.": "在网用户净增 {net} 户。",
  "The month before it was {rate}.": "上月为 {rate}。",
  "A year before it was {rate}.": "上年同月为 {rate}。",
  "No segment loses more than chance explains, against {rate} of all in the period.":
    "本期总流失率 {rate}，没有哪个群体的流失超出偶然波动。",
  "{segment} ({rate}, {more} more than expected)": "{segment}（{rate}，比预期多 {more} 户）",
  "In the period {rate} left; most beyond expectation: {names}.":
    "本期流失率 {rate}；超出预期最多的是：{names}。",
  "Since {against} the monthly churn rate changed by {change} points.":
    "与 {against} 相比，月流失率变化 {change} 个百分点。",
  "The largest part is {segment}: {points} points.": "影响最大的是{segment}：{points} 个百分点。",
  "Those who left from {from} to {to} had paid {lost} a month, {share} of the revenue of the base.":
    "{from} 至 {to} 离网用户原每月贡献 {lost}，占期初用户收入的 {share}。",
  "The first stated cause is {cause} ({left}).": "首要登记原因是{cause}（{left} 户）。",
  "To do: {what}.": "本周行动：{what}。",
  "There is nothing on the lists.": "名单为空。",
  "call {rows} {rows|subscriber|subscribers} of high value at risk ({revenue} a month)":
    "致电 {rows} 名高价值预警用户（月收入 {revenue}）",
  "call {rows} new {rows|subscriber|subscribers}": "致电 {rows} 名新用户",
  "win back {rows} who fell silent": "挽回 {rows} 名沉默用户",
  "check the cards of {dealers}": "核查渠道 {dealers} 的入网",
  "{more} more": "另外 {more} 个",
  "decide on {rows} who would pay {saving} a month less in another tariff":
    "决定是否为 {rows} 名用户换资费（每月让利 {saving}）",
  "ask about {odd} unusual {odd|figure|figures} of the last day": "询问最近一日 {odd} 项异常数字",
  "churn rate in {month}": "{month} 流失率",
  "{left} left": "离网 {left} 户",
  "{from} to {to}": "{from} 至 {to}",
  subscribers: "期初在网用户",
  "net {net}": "净增 {net}",
  "left per 100 new": "每百新增离网",
  "{joined} joined": "新入网 {joined} 户",
  ARPU: "ARPU 值",
  "revenue {revenue}": "收入 {revenue}",
  "revenue lost per month": "月收入损失",
} as const satisfies Record<string, string>;

/** Texts of the summary. */
export type SummaryText = keyof typeof CHINESE_SUMMARY;
