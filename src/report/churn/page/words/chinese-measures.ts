/** Ranking, calibration, segments, stability, training. */
export const MEASURES = {
  "How well it ranks": "排序能力",
  "ROC curve": "ROC 曲线",
  "Share of churners found, by the share of others that are taken for churners. On the diagonal is chance.":
    "找到的流失用户比例，随被误判的留存用户比例变化。对角线为随机水平。",
  "Precision and recall": "精确率与召回率",
  "How many of those flagged leave, by the share of churners that is found.":
    "被标记的用户中实际流失的比例，随找到的流失用户比例变化。",
  Gain: "增益",
  "Share of all churners among the riskiest subscribers, by how many of them are contacted.":
    "联系风险最高的用户时，覆盖的流失用户比例。",
  Lift: "提升度",
  "How many times as many churners are among the riskiest subscribers as among all.":
    "风险最高的用户中流失比例是总体的多少倍。",
  "Metrics on these data ({replicates} bootstrap samples, seed {seed})":
    "本数据上的指标（{replicates} 次自助抽样，种子 {seed}）",
  "Tenths, and decisions at the churn rate": "十分位，以及以流失率为阈值的判定",
  "Tenths of the subscribers by falling probability": "按概率从高到低的用户十分位",
  "Decisions at the churn rate: riskier than average or not": "以流失率为阈值的判定：风险是否高于平均",
  "Whether probabilities can be taken at their word": "概率是否可信（校准）",
  "Predicted and observed": "预测与实际",
  "Each point is a tenth of the subscribers, with the 95% interval of the share that left. On the diagonal probabilities are right.":
    "每个点代表十分之一的用户，并给出流失率的 95% 区间。在对角线上表示概率准确。",
  "Probabilities of those who left and stayed": "流失与留存用户的概率分布",
  "How many subscribers have which probability; lines are the limits of the tiers.":
    "各概率区间的用户数；竖线为等级界限。",
  "Spiegelhalter's z is {z} (p = {p}); the slope of the calibration line is {slope}, 1 is right; the Brier score {brier} is reliability {reliability} − resolution {resolution} + uncertainty {uncertainty} + within bins {within}.":
    "Spiegelhalter z 为 {z}（p = {p}）；校准线斜率为 {slope}，1 为准确；Brier 分数 {brier} = 可靠性 {reliability} − 分辨率 {resolution} + 不确定性 {uncertainty} + 组内 {within}。",
  Segments: "细分群体",
  "There are no segments: the model has no categorical column of few levels, and none was asked for.":
    "没有细分群体：模型没有取值较少的类别列，也没有指定。",
  "None of {all} segments is off beyond chance, all tests taken together (Holm).":
    "{all} 个细分群体中没有一个的偏差超出偶然（所有检验合并校正，Holm）。",
  "{off} of {all} segments {off|is|are} off beyond chance, all tests taken together (Holm): they come first.":
    "{all} 个细分群体中有 {off} 个的偏差超出偶然（所有检验合并校正，Holm），列在最前。",
  "Segments, those that are off first": "细分群体，偏差者在前",
  "Predicted and observed by segment": "各细分群体的预测与实际",
  "Stability over time": "时间上的稳定性",
  "By {column}": "按 {column}",
  period: "时期",
  "ROC AUC by period": "各时期的 ROC AUC",
  "Churn by period, predicted and observed": "各时期的流失率，预测与实际",
  observed: "实际",
  predicted: "预测",
  Backtest: "回测",
  "ROC AUC of each month, by models trained before it": "各月 ROC AUC（由此前训练的模型打分）",
  "By month": "按月",
  "Against what training reported": "与训练报告的对比",
  "Churned by risk tier": "各风险等级的流失率",
  Trainings: "各次训练",
  "{months} months scored by models that were trained on what was known before ({from} to {to}).":
    "{months} 个月（{from} 至 {to}）由仅用此前已知数据训练的模型打分。",
  "ROC AUC {auc} ({aucRange}), log loss {loss} ({lossRange}).":
    "ROC AUC {auc}（{aucRange}），对数损失 {loss}（{lossRange}）。",
  Training: "训练",
  "What was trained, the best first, measured out of fold": "训练过的候选模型（最优在前，折外测量）",
  "What training noted": "训练时的提示",
  "Trained on {rows} rows, of which {positives} churned ({rate}), by {features} {features|column|columns}.":
    "训练数据 {rows} 行，其中流失 {positives}（{rate}），使用 {features} 列。",
  "Each candidate was measured on rows that it was not trained on ({folds} folds, {repeats} {repeats|time|times}).":
    "每个候选模型都在未用于训练的行上测量（{folds} 折，{repeats} 次）。",
  "Kept: {classifier}.": "最终保留：{classifier}。",
  "Calibrated by {method}: log loss {before} before, {after} after; ROC AUC {aucBefore} and {aucAfter}.":
    "校准方法 {method}：对数损失校准前 {before}，校准后 {after}；ROC AUC 分别为 {aucBefore} 和 {aucAfter}。",
  "Log loss by the number of rows": "对数损失与数据量",
  "Log loss and ROC AUC by the number of rows, out of fold": "不同数据量下的对数损失和 ROC AUC（折外）",
  "What more rows would buy": "增加数据的收益",
  "Too few points to say what more rows would buy.": "数据点太少，无法判断增加数据的收益。",
  "With {rows} rows a log loss of {value} is expected ({range}); with all {now} rows it is {all}.":
    "若有 {rows} 行数据，预计对数损失为 {value}（{range}）；现有 {now} 行时为 {all}。",
} as const satisfies Readonly<Record<string, string>>;
