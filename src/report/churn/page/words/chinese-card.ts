/** The model card. */
export const CARD = {
  "Model card": "模型卡",
  Model: "模型",
  "Intended use": "预期用途",
  "Data and definition of churn": "数据与流失定义",
  "How good it is": "效果",
  Limits: "局限",
  "Who is treated differently": "不同群体受到的对待",
  "How to make it again": "如何重现",
  "{classifier}; calibrated by {method}.": "{classifier}；校准方法 {method}。",
  "It reads {count} {count|column|columns}: {names}.": "使用 {count} 列：{names}。",
  "of the families {families}": "属于 {families} 等类别",
  "To tell which current subscribers are likely to leave, so that people can decide whom to contact and with which offer.":
    "判断哪些在网用户可能流失，以便由人决定联系谁、提供什么优惠。",
  "Not for decisions on prices, credit or contracts of single people, nor for subscribers unlike those of the training data.":
    "不用于对个人的定价、信用或合同决定，也不用于与训练数据不同的用户。",
  "Trained on {rows} rows, of which {positives} churned ({rate}).":
    "训练数据 {rows} 行，其中流失 {positives}（{rate}）。",
  "Applied to {rows} rows, whose labels are not known.": "应用于 {rows} 行标签未知的数据。",
  "Measured on {rows} rows, of which {positives} churned ({rate}).":
    "测量数据 {rows} 行，其中流失 {positives}（{rate}）。",
  "Churned means {column} = {positive}, stayed {column} = {negative}.":
    "流失指 {column} = {positive}，留存指 {column} = {negative}。",
  "Churned means: {definition} ({column} = {positive}).": "流失指：{definition}（{column} = {positive}）。",
  "Of the training, out of fold": "训练数据上，折外测量",
  "On these data, with 95% intervals": "本数据上，附 95% 区间",
  "value and 95% interval": "数值与 95% 区间",
  "What it says is what its columns go along with, and no cause; whether contacting a subscriber helps, it does not know.":
    "模型给出的是与各列相关的规律，并非因果；联系用户是否有效，模型并不知道。",
  "It holds for subscribers, prices and offers like those of the training data; it is to be trained again when those change.":
    "模型适用于与训练数据相似的用户、资费和优惠；这些变化后应重新训练。",
  "How right it is on these data is not known.": "在本数据上的准确程度未知。",
  "It was measured on {rows} rows ({churners} who left): smaller groups than those that have an interval here can be worse.":
    "在 {rows} 行（流失 {churners}）上测量：比此处给出区间的群体更小的群体可能更差。",
  "It is off beyond chance in: {segments}.": "在以下群体中偏差超出偶然：{segments}。",
  "These data differ from its training data in: {columns}.": "本数据与训练数据在以下列上不同：{columns}。",
  "It was trained on few churners.": "训练数据中的流失用户很少。",
  "No column of these data is marked as about people's gender, age, origin or the like, so that nothing was compared.":
    "数据中没有标记为性别、年龄、出身等的列，因此未作比较。",
  "Flagged means in tier {tier}. Differences are named where they stand all tests taken together (Holm).":
    "“标记”指属于 {tier} 等级。仅在所有检验合并校正（Holm）后仍成立时才指出差异。",
  "None does.": "未发现此类差异。",
  "{by} = {segment}: {measures}": "{by} = {segment}：{measures}",
  "share flagged {points} points": "被标记比例 {points} 个百分点",
  "churners found {points} points": "找到的流失用户比例 {points} 个百分点",
  "stayed but flagged {points} points": "留存但被标记比例 {points} 个百分点",
  "{mean} predicted, {rate} left": "预测 {mean}，实际流失 {rate}",
  found: "找到",
  "flagged wrongly": "误标",
  calibration: "校准",
  "How the model treats groups by {column}": "模型如何对待各群体（按 {column}）",
  "churners found": "找到的流失用户",
  "stayed but flagged": "留存但被标记",
  "flagged who left": "被标记者中流失",
  "differs in": "差异",
  "Parity of groups, as fairlearn defines it": "群体均等性（按 fairlearn 的定义）",
  "demographic parity difference": "人口均等差",
  ratio: "比值",
  "equalized odds difference": "机会均等差",
} as const satisfies Readonly<Record<string, string>>;
