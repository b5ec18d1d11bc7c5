/** Chinese texts about causes and surveys, by their English ones. */
export const CHINESE_CAUSES = {
  "Why they left": "离网原因",
  "By stated cause": "按登记原因",
  cause: "原因",
  left: "离网",
  "share of leavers": "占离网比重",
  "revenue lost per month": "月收入损失",
  "left: {value}": "离网：{value}",
  reasons: "原因代码",
  "no reason": "无原因",
  "Reasons without a cause, counted as other: {reasons}. Map them to causes.":
    "未归类的原因代码（计入其他）：{reasons}。请补充对应关系。",
  "Survey: {question}": "调查：{question}",
  "{answered} of those at risk answered ({rate}); who answers is not drawn at random, so compare answers with each other and not with all.":
    "在网用户中 {answered} 户作答（{rate}）；作答者并非随机，宜比较各答案之间而不与总体比较。",
  "Churn by answer: {question}": "各答案的流失：{question}",
  answer: "答案",
  "no answer": "未作答",
  base: "期初用户",
  "churn rate": "流失率",
  "estimated rate": "估计流失率",
  "95% interval": "95% 区间",
} as const satisfies Record<string, string>;

/** Texts about causes and surveys. */
export type CausesText = keyof typeof CHINESE_CAUSES;
