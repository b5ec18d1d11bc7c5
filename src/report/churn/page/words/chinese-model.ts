/** Data, what the model goes by, examples, model card, how the page was made. */
export const MODEL = {
  "Data and what counts as churn": "数据与流失定义",
  "{rows} {rows|row|rows} of {columns} {columns|column|columns}.": "{rows} 行，{columns} 列。",
  "{rows} {rows|row|rows} of {columns} {columns|column|columns} of {source}.":
    "{source}：{rows} 行，{columns} 列。",
  "Rows are weighted by {column}.": "各行按 {column} 加权。",
  "Rows are not weighted, though the model was trained with the weights of {column}.":
    "各行未加权，但模型训练时使用了 {column} 作为权重。",
  "Days of the snapshots, and the time in which leaving counted": "快照日期，以及计为流失的时间段",
  snapshot: "快照",
  "leaving counts from": "流失起算",
  to: "至",
  rows: "行数",
  "Nothing about these data is odd.": "数据没有异常之处。",
  "What is odd, and what was decided": "异常之处及其处理",
  "What the columns hold": "各列内容",
  "Of a random sample of {rows} of {of} rows.": "基于 {of} 行中随机抽取的 {rows} 行。",
  Numbers: "数值",
  Dates: "日期",
  "Categories and flags": "类别与标志",
  Text: "文本",
  "By churn, each column alone, what separates most first": "与流失的关系（单列，区分度高者在前）",
  "Snapshots of {days}.": "快照日期：{days}。",
  "Not read: {columns}.": "未使用的列：{columns}。",
  "Subscribers, and why": "用户示例与原因",
  "Reasons are what the model goes by, and no causes. This part names subscribers: show it to those who may see them.":
    "原因是模型的依据，并非因果。本节包含用户编号，只应给有权查看的人看。",
  "row {row}": "第 {row} 行",
  "{name}: {kind}": "{name}：{kind}",
  "Probability {probability}, tier {tier}.": "概率 {probability}，等级 {tier}。",
  "Left.": "已流失。",
  "Stayed.": "未流失。",
  "Nothing raises the risk beyond noise.": "没有超出噪声的原因使风险升高。",
  "What adds up to the probability of {name}": "{name} 的概率由何构成",
  "one of the riskiest": "风险最高者之一",
  "typical of its tier": "所在等级的典型用户",
  "left at the lowest probability of all who left": "流失用户中概率最低者",
  "stayed at a very high probability": "概率很高却未流失",
  "What the model goes by": "模型的依据",
  "No column matters: the model predicts {probability} for everyone.":
    "没有任何列起作用：模型对所有人预测 {probability}。",
  "importance: it needs labels of both classes": "重要性：需要两类标签",
  "How much worse the model gets when the values of a column are exchanged between rows, {repeats} times; intervals of {level} over rows and permutations.":
    "将某列的值在各行之间交换 {repeats} 次后模型变差多少；{level} 区间覆盖行与置换。",
  "It is what the model goes by, and no cause: changing the column need not change who leaves.":
    "这是模型的依据，并非因果：改变该列不一定改变谁会流失。",
  "Increase of the log loss by column": "各列使对数损失增加",
  "Increase of the log loss by family of columns": "各类列使对数损失增加",
  "All columns": "所有列",
  "Importance by permutation": "置换重要性",
  "Importance of families, permuted as a whole": "各类列的重要性（整体置换）",
  "What columns add to the log-odds (SHAP)": "各列对对数几率的贡献（SHAP）",
  "Of {rows} rows: where most contributions are, by low and high values of the column.":
    "基于 {rows} 行：按列取值高低给出大部分贡献所在的范围。",
  "Which columns act together": "哪些列共同起作用",
  "Interactions of the most important columns": "最重要各列的交互作用",
  "How predictions depend on the most important columns": "预测如何随最重要的列变化",
  "The mean probability over {rows} rows if all of them had the value, all else as it is; bars say how frequent values are.":
    "假设 {rows} 行都取该值、其他不变时的平均概率；柱形表示取值的频率。",
  "The curves as tables": "曲线数据表",
  "What has changed since training": "训练以来的变化",
  "How this was made": "生成方法",
  "Measured by holdfast {version}, seed {seed}, {replicates} bootstrap samples; rows of one subscriber were drawn together.":
    "由 holdfast {version} 测量，种子 {seed}，{replicates} 次自助抽样；同一用户的行一起抽取。",
  "For intervals, probabilities were rounded to {bands} bands of equally many rows.":
    "计算区间时，概率取整到 {bands} 个行数相等的档。",
  "The columns were described on a random sample of {rows} of {of} rows.":
    "各列描述基于 {of} 行中随机抽取的 {rows} 行。",
  "Importance was measured on a random sample of {rows} of {of} rows.":
    "重要性基于 {of} 行中随机抽取的 {rows} 行。",
  "SHAP values are of {rows} of {of} rows.": "SHAP 值基于 {of} 行中的 {rows} 行。",
  "Curves are means over {rows} of {of} rows.": "曲线为 {of} 行中 {rows} 行的平均。",
  "model: {name}, content SHA-256 {hash}": "模型：{name}，内容 SHA-256 {hash}",
  "trained by holdfast {version} on data of SHA-256 {hash}, seed {seed}, {folds} folds, {repeats} {repeats|repeat|repeats}":
    "由 holdfast {version} 训练，数据 SHA-256 {hash}，种子 {seed}，{folds} 折，重复 {repeats} 次",
  "This command makes it again:": "以下命令可重新生成：",
} as const satisfies Readonly<Record<string, string>>;
