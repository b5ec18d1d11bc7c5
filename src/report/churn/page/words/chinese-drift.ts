/** What has changed since training. */
export const DRIFT = {
  "No column has drifted: none has a population stability index (PSI) of 0.1 or more that stands a test.":
    "没有列发生漂移：没有列的群体稳定性指数（PSI）达到 0.1 且通过检验。",
  "{count} of {all} columns {count|has|have} drifted, with a population stability index (PSI) of 0.1 or more that stands a test; 0.25 or more is a large shift.":
    "{all} 列中有 {count} 列发生漂移：群体稳定性指数（PSI）不低于 0.1 且通过检验；不低于 0.25 为显著漂移。",
  "With so few rows chance alone makes a PSI of {psi}.": "行数如此之少，仅偶然就会产生 {psi} 的 PSI。",
  "The predicted probabilities have drifted (PSI {psi}).": "预测概率发生漂移（PSI {psi}）。",
  "The predicted probabilities have not drifted (PSI {psi}).": "预测概率没有漂移（PSI {psi}）。",
  "Predicted probabilities, in training and now": "预测概率：训练时与现在",
  "{column}, in training and now": "{column}：训练时与现在",
  "(other)": "（其他）",
  "(all)": "（全部）",
  "Columns by how far they have moved since training": "各列自训练以来的变化程度",
  "by chance": "偶然水平",
  "p (adjusted)": "p（校正）",
  "missing in training": "训练时缺失",
  "missing now": "现在缺失",
  "unseen categories": "未见类别",
  verdict: "判断",
  "large drift": "显著漂移",
  drift: "漂移",
} as const satisfies Readonly<Record<string, string>>;
