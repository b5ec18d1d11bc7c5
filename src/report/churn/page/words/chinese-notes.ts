/** What is odd about data, and what training noted. */
export const NOTES = {
  "{count} {count|column says|columns say} nothing ({reason}): {columns}":
    "{count} 列没有信息（{reason}）：{columns}",
  "{column}: {cells} infinite numbers": "{column}：{cells} 个无穷值",
  "Training refuses: {problem}": "训练会拒绝：{problem}",
  "{column}: {cells} cells such as “{example}” were taken as missing":
    "{column}：{cells} 个单元格（如“{example}”）视为缺失",
  "{column}: read as money, such as “{example}”": "{column}：按金额读取（如“{example}”）",
  "{column}: read as numbers with thousands, such as “{example}”":
    "{column}：按带千位分隔符的数值读取（如“{example}”）",
  "{column}: read as shares, such as “{example}”": "{column}：按百分比读取（如“{example}”）",
  "{column}: read as dates, such as “{example}”": "{column}：按日期读取（如“{example}”）",
  "{column}: read as words, because of {cells} cells such as “{example}”":
    "{column}：因 {cells} 个单元格（如“{example}”）按文字读取",
  "{column}: read as numbers, because of {cells} cells such as “{example}” that are no dates":
    "{column}：因 {cells} 个单元格（如“{example}”）不是日期，按数值读取",
  "{column}: read as words, because of amounts in several currencies": "{column}：金额含多种货币，按文字读取",
  "{column}: {cells} cells such as “{example}” may be numbers or dates of another notation":
    "{column}：{cells} 个单元格（如“{example}”）可能是其他写法的数值或日期",
  "{column}: determines the label of every row": "{column}：完全决定每一行的标签",
  "{column}: alone ranks churners almost perfectly: was it known before the churn?":
    "{column}：单列即可几乎完美地区分流失：流失前是否已知？",
  "{column}: all rows with some of its values churned: was it known before the churn?":
    "{column}：取某些值的行全部流失：流失前是否已知？",
  constant: "取值恒定",
  "no value in any row": "所有行都没有值",
  "the cutoff": "快照日期",
  "the label's window": "标签的时间窗口",
  "text: an id or free text": "文本：编号或自由文本",
  "{first} rows ({second}) have the same features as a row of another fold":
    "{first} 行（{second}）与另一折中的行特征相同",
  "about {first} of the rows equal a row of another fold but for noise":
    "约 {first} 的行除噪声外与另一折中的行相同",
  "only {first} churners: look at the intervals before the values": "只有 {first} 名流失用户：请先看区间",
  "{column}: {first} rows have a weight of 0 and were left out": "{column}：{first} 行权重为 0，已排除",
  "{column}: has absolute values up to {first}": "{column}：绝对值高达 {first}",
  "{column}: alone ranks churners with an AUC of {first}: was it known before the churn?":
    "{column}：单列区分流失的 AUC 为 {first}：流失前是否已知？",
  "{column}: determines the label of every row, which was allowed":
    "{column}：完全决定每一行的标签（已允许）",
  "{column}: is named for staying, its answers were turned round": "{column}：列名表示留存，取值已反转",
  "{column}: repeats as names of subscribers do; its rows share a fold and it is no feature":
    "{column}：重复方式如同用户编号；其各行同属一折，且不作为特征",
  "{column}: repeats as names of subscribers do, in several folds":
    "{column}：重复方式如同用户编号，且分布在多折中",
  "a table of snapshots, whose columns are known": "快照表，各列用途已知",
  "a sum of columns was added as a feature: {sum}": "增加了列之和作为特征：{sum}",
  "nothing predicts better than the churn rate itself: every row gets it":
    "没有模型优于流失率本身：每一行都给出流失率",
  "some families were not trained because of the size of the data or the rules that were asked for":
    "因数据规模或所要求的规则，部分模型未训练",
  "a tier holds less than its capacity, as too many rows share a probability":
    "某等级未达到容量，因为太多行概率相同",
} as const satisfies Readonly<Record<string, string>>;
