/** Words that mean "churned", lower case. */
const CHURNED = new Set(
  "1 yes y true t churn churned left lost gone 是 流失 已流失 离网 已离网 销户 拆机 真".split(" "),
);

/** Whether a label value is a word for "churned" (1, Yes, True, churned, 是, 流失 …), whatever its case. */
export function meansChurned(value: string): boolean {
  return CHURNED.has(value.trim().toLowerCase());
}
