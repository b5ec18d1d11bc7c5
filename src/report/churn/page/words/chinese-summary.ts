/** The first paragraph, what contacting earns, tiers. */
export const SUMMARY = {
  "Churn report": "客户流失报告",
  "{model} on {rows} rows": "{model}，{rows} 行数据",
  "{model} on {source}": "{model}，数据 {source}",
  "Made by holdfast {version}.": "由 holdfast {version} 生成。",
  "(missing)": "（缺失）",
  "{more} more": "另 {more} 个",
  "In short": "摘要",
  "Who of these {rows} {rows|subscriber|subscribers} leaves is not known, so this report says what the model predicts, not how right it is.":
    "这 {rows} 名用户中谁会流失尚不知道，因此本报告给出模型的预测，而不评价其准确程度。",
  "It expects {churners} of them to leave ({rate}).": "模型预计其中 {churners} 人流失（{rate}）。",
  "{rows} are in tier {tier} ({share}), where it expects {mean} to leave.":
    "{rows} 人属于 {tier} 等级（{share}），预计其中 {mean} 流失。",
  "Of {rows} {rows|subscriber|subscribers} {churners} left ({rate}).":
    "{rows} 名用户中有 {churners} 人流失（{rate}）。",
  "Of a subscriber who left and one who stayed, the model gives the one who left the higher probability in {auc} of 100 cases ({range}).":
    "任取一名流失用户和一名留存用户，模型在 100 次中有 {auc} 次（{range}）给流失用户更高的概率。",
  "All of them are in one tier, {tier}: the model tells no one apart.":
    "所有用户都在同一个等级 {tier}：模型无法区分他们。",
  "None of them is in the highest tier, {tier}.": "没有用户属于最高等级 {tier}。",
  "The model put {rows} into tier {tier} ({share}): {rate} of them left ({range}), {lift} times the average, and they are {captured} of all who left.":
    "模型将 {rows} 人划入 {tier} 等级（{share}）：其中 {rate} 流失（{range}），是平均水平的 {lift} 倍，占全部流失用户的 {captured}。",
  "Its probabilities can be taken at their word: {mean} were expected to leave, {rate} left.":
    "模型给出的概率可信：预计流失 {mean}，实际流失 {rate}。",
  "Its probabilities are too high: {mean} were expected to leave, {rate} left.":
    "模型给出的概率偏高：预计流失 {mean}，实际流失 {rate}。",
  "Its probabilities are right on average ({mean} were expected to leave, {rate} left), but too moderate: where it is high still more leave, where it is low still fewer.":
    "模型给出的概率平均准确（预计流失 {mean}，实际 {rate}），但过于保守：概率高处实际流失更多，概率低处更少。",
  "Its probabilities are right on average ({mean} were expected to leave, {rate} left), but too extreme: where it is high fewer leave than it says, where it is low more.":
    "模型给出的概率平均准确（预计流失 {mean}，实际 {rate}），但过于极端：概率高处实际流失较少，概率低处较多。",
  "Its probabilities are right on average ({mean} were expected to leave, {rate} left), but not everywhere.":
    "模型给出的概率平均准确（预计流失 {mean}，实际 {rate}），但并非处处准确。",
  "Its probabilities are too low: {mean} were expected to leave, {rate} left.":
    "模型给出的概率偏低：预计流失 {mean}，实际流失 {rate}。",
  "Under the assumptions below contacting anyone would cost more than it earns.":
    "按下述假设，联系任何用户的成本都高于收益。",
  "Contacting the {contacted} whose expected profit is positive would have earned {profit} ({range}), contacting as many at random {random}, under the assumptions below.":
    "按下述假设，联系预期收益为正的 {contacted} 人可获利 {profit}（{range}），随机联系同样多的人则为 {random}。",
  "By its probabilities, contacting the {contacted} whose expected profit is positive would earn {profit}, under the assumptions below.":
    "按模型概率和下述假设，联系预期收益为正的 {contacted} 人可获利 {profit}。",
  subscribers: "用户数",
  "mean probability": "平均概率",
  "in tier {tier}": "{tier} 等级用户",
  "95% interval {range}": "95% 区间 {range}",
  "{churners} left": "流失 {churners} 人",
  "churn rate": "流失率",
  "left in tier {tier}": "{tier} 等级的流失率",
  "of all who left are in it": "该等级覆盖的流失用户",
  "in {share} of the subscribers": "该等级占用户的 {share}",
  "profit of {contacted} contacts": "联系 {contacted} 人的收益",
  "Only {churners} {churners|subscriber|subscribers} left: read the intervals, not the values.":
    "只有 {churners} 名用户流失：请看区间，不要只看数值。",
  "{count} of {all} columns {count|has|have} drifted since training: {names}.":
    "{all} 列中有 {count} 列自训练以来发生漂移：{names}。",
  "{count} of {all} segments {count|is|are} off beyond chance.":
    "{all} 个细分群体中有 {count} 个的偏差超出偶然。",
  "{count} {count|group is|groups are} treated differently beyond chance: see the model card.":
    "{count} 个群体受到的对待存在超出偶然的差异：见模型卡。",
  "The model was trained on {rows} of these rows: what is measured on them is too good.":
    "模型曾用其中 {rows} 行训练：在这些行上的测量结果偏好。",
  "{known} of these subscribers are known from training.": "其中 {known} 名用户在训练数据中出现过。",
  "Tier {tier} holds {share} of the rows, and was drawn for {drawn}.":
    "{tier} 等级包含 {share} 的用户，而划定时为 {drawn}。",
  "Risk tiers": "风险等级",
  "Risk tiers, and what happened in them": "风险等级及其实际流失",
  "Predicted and observed by tier": "各等级的预测与实际",
  "The mean predicted probability, and the share that left with its 95% interval.":
    "平均预测概率，以及实际流失率及其 95% 区间。",
  "Risk by value": "风险与价值",
  "Expected loss by risk tier and value band": "按风险等级和价值档的预期损失",
  "Expected loss a month, and in brackets the number of subscribers.": "每月预期损失，括号内为用户数。",
  "Subscribers and expected loss by risk tier and value band": "按风险等级和价值档的用户数与预期损失",
  "What contacting them earns": "联系用户的收益",
  "Profit by the number of contacts": "收益与联系人数",
  "Contacted in the order of expected profit. The best number is known only afterwards; the one that the model chooses is marked.":
    "按预期收益从高到低联系。最优人数事后才知道；图中标出模型所选的人数。",
  "Assumed: of the churners who are contacted {acceptance} take the offer and stay {months} more months at their value of {column} a month; the offer costs {offer} when it is taken, which all who would have stayed do too, and a contact {contact}.":
    "假设：被联系的流失用户中有 {acceptance} 接受优惠并再留存 {months} 个月，每月价值为 {column}；优惠被接受时成本为 {offer}（本来会留下的用户也都会接受），每次联系成本为 {contact}。",
  "Assumed: of the churners who are contacted {acceptance} take the offer and stay, and each is then worth {value}; the offer costs {offer} when it is taken, which all who would have stayed do too, and a contact {contact}.":
    "假设：被联系的流失用户中有 {acceptance} 接受优惠并留下，每人价值 {value}；优惠被接受时成本为 {offer}（本来会留下的用户也都会接受），每次联系成本为 {contact}。",
  "The expected profit of {contacted} {contacted|subscriber|subscribers} is positive, {profit} in all.":
    "{contacted} 名用户的预期收益为正，合计 {profit}。",
  "By the model no contact has a positive expected profit; the best that could have been done afterwards is {profit} by {contacts} contacts.":
    "按模型，没有用户的预期收益为正；事后看最优为联系 {contacts} 人，收益 {profit}。",
  "By the model {contacted} contacts have a positive expected profit, {expected} in all; they reached {churners} of those who left and earned {profit} ({range}), {each} a contact.":
    "按模型，{contacted} 名用户的预期收益为正，合计 {expected}；其中触达流失用户 {churners} 人，实际收益 {profit}（{range}），平均每次联系 {each}。",
  "As many drawn at random would have earned {random}, contacting everyone {all}; the best number of contacts, known only afterwards, is {best} with {bestProfit}.":
    "随机联系同样多的人收益为 {random}，联系所有人为 {all}；事后才知道的最优人数为 {best}，收益 {bestProfit}。",
} as const satisfies Readonly<Record<string, string>>;
