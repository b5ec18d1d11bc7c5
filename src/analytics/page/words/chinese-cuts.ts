/** Chinese texts about cuts, by their English ones. */
export const CHINESE_CUTS = {
  "Who left": "离网用户结构",
  "Subscribers at risk on the first day of {from}, and those who left by the end of {to}, by what they were on the day before; those who joined later count by the day before they left. The estimated rate is drawn towards that of all, the more the smaller the base, so that small cells do not shout.":
    "以 {from} 首日的在网用户为基数，统计截至 {to} 末的离网用户，属性取前一日的值；期间新入网者取其离网前一日的值。估计流失率向总体收缩，基数越小收缩越多，以免小样本夸大。",
  "No value of any cut is too far from the others to be chance.": "没有哪个分类的流失率超出偶然波动。",
  "What stands out beyond chance": "显著异常的分类",
  by: "维度",
  value: "分类",
  base: "期初用户",
  left: "离网",
  "left of base": "期初用户中离网",
  expected: "预期离网",
  "churn rate": "流失率",
  "standard deviations": "标准差倍数",
  "false-discovery rate": "错误发现率",
  "By {cut}": "按{cut}",
  "estimated rate": "估计流失率",
  "95% interval": "95% 区间",
  "share of leavers": "占离网比重",
  "revenue lost per month": "月收入损失",
  "{values}: more left than were there at the beginning, because those who joined in the period left too; such a rate is no probability.":
    "{values}：离网数多于期初用户数，因为期间新入网者也有离网；此比率不是概率。",
  "Most leavers: {names}.": "离网最多：{names}。",
  "Highest estimated rates: {names}.": "估计流失率最高：{names}。",
  "Tariff by tenure": "资费与在网时长",
  "Churn rate by tariff and tenure": "各资费、在网时长的流失率",
  "Churn rate by tariff and tenure (left/base)": "各资费、在网时长的流失率（离网/期初）",
  all: "合计",
  "Groups with many leavers": "离网较多的集团客户",
  "How concentrated revenue is": "收入集中度",
  "A fifth of the subscribers pay {share} of the revenue; {holders} of them pay 80%.":
    "前五分之一的用户贡献 {share} 的收入；80% 的收入来自 {holders} 的用户。",
  "Of those who left, a fifth had paid {share} of what was lost; {holders} of them 80%.":
    "离网用户中前五分之一占损失收入的 {share}；{holders} 的离网用户占 80%。",
} as const satisfies Record<string, string>;

/** Texts about cuts. */
export type CutsText = keyof typeof CHINESE_CUTS;
