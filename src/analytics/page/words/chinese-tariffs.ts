/** The section of tariffs in Chinese, by the English texts. */
export const CHINESE_TARIFFS = {
  Tariffs: "资费",
  "From {from} to {to}, {left} {left|subscriber|subscribers} left, {monthly} a month; of the {base} who were there before, {rate} left.":
    "{from} 至 {to} 共流失 {left} 户，每月 {monthly} 户；期初 {base} 户中流失 {rate}。",
  "{tariff}: high churn although the bill is low: {rate}, {ratio} times that of the other tariffs, at {arpu} a month. A lower price would not keep them: find out what they miss.":
    "{tariff}：账单偏低但流失率高：{rate}，为其他资费的 {ratio} 倍，月均 {arpu}。降价留不住他们：应了解他们缺少什么。",
  "{tariff}: high churn, and the bill is high: {rate}, {ratio} times that of the other tariffs, at {arpu} a month. See who would pay less in another tariff.":
    "{tariff}：账单偏高且流失率高：{rate}，为其他资费的 {ratio} 倍，月均 {arpu}。查看哪些用户换资费会更便宜。",
  "{tariff}: high churn at a usual bill: {rate}, {ratio} times that of the other tariffs, at {arpu} a month.":
    "{tariff}：账单正常但流失率高：{rate}，为其他资费的 {ratio} 倍，月均 {arpu}。",
  "{tariff}: high churn: {rate}, {ratio} times that of the other tariffs; its bills are not known.":
    "{tariff}：流失率高：{rate}，为其他资费的 {ratio} 倍；账单未知。",
  "No tariff has high churn beyond chance.": "没有资费的流失率高到超出偶然。",
  "High is at least 1.2 times the rate of all other tariffs, beyond chance with all tariffs tested together (Benjamini and Hochberg). A bill is low below 0.8 times the mean bill of all, high above 1.25 times.":
    "高：不低于其他资费流失率的 1.2 倍，且在全部资费一并检验（Benjamini–Hochberg）后超出偶然。账单低于总体均值 0.8 倍为偏低，高于 1.25 倍为偏高。",
  "Churn and bills by tariff": "各资费的流失率与账单",
  tariff: "资费",
  "(no tariff)": "（无资费）",
  base: "期初用户",
  left: "流失",
  "left a month": "每月流失",
  "churn rate": "流失率",
  "95% interval": "95% 区间",
  "times the others": "为其他资费的倍数",
  "p (adjusted)": "p（校正）",
  churn: "流失水平",
  "mean bill": "月均账单",
  bill: "账单水平",
  low: "偏低",
  usual: "正常",
  high: "偏高",
  all: "合计",
  "Tariffs can't be compared: {reason}.": "无法比较资费：{reason}。",
  "Bills are not known: {reason}.": "账单未知：{reason}。",
  "Who would pay less in another tariff": "换资费会更便宜的用户",
  "would pay less": "户换资费更便宜",
  "{share} of those compared": "占可比较用户的 {share}",
  "given up a month if all move": "若全部迁移，每月少收",
  "they pay {cost} now": "现在每月共付 {cost}",
  "less churn at which it pays": "流失率至少降低",
  "their churn rate would have to fall by this share": "迁移才不亏",
  "By the price list and the mean use of the last {months} {months|month|months}. Moving all of them gives up {saving} a month, and pays only where they then leave at least {share} less often. What to do: do not move all at once; begin with those who are at risk of leaving, and compare them with a group that was not moved.":
    "按价目表和近 {months} 个月的平均用量计算。全部迁移每月少收 {saving}，只有当他们的流失率因此至少降低 {share} 时才划算。做法：不要一次全部迁移；先迁移有流失风险的用户，并与未迁移的对照组比较。",
  "No subscriber would pay less in another tariff that is offered to them.":
    "没有用户换到可选资费后会更便宜。",
  "Of {active} active subscribers {compared} are compared.": "在网 {active} 户中可比较 {compared} 户。",
  "{count} {count|has|have} no tariff.": "{count} 户没有资费。",
  "{count} {count|has|have} a tariff without prices.": "{count} 户的资费没有价格。",
  "Of {count} the use is not known yet.": "{count} 户的用量尚不可知。",
  "{count} {count|is|are} billed much less than the price list says.": "{count} 户的账单远低于价目表计算值。",
  "The list of who would pay less can't be made: {reason}.": "无法生成迁移名单：{reason}。",
  "From which tariff to which": "从哪个资费到哪个资费",
  "cheapest tariff": "最便宜资费",
  subscribers: "用户数",
  "given up a month": "每月少收",
  "Which tariffs are offered to whom": "可向谁推荐哪些资费",
  "{kind}: {tariffs}": "{kind}：{tariffs}",
  "(in no group)": "（不在群组）",
  "The list, those who would save most first": "名单（节省最多者在前）",
} as const satisfies Record<string, string>;

export type TariffsText = keyof typeof CHINESE_TARIFFS;
