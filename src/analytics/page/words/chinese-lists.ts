/** The lists for Monday and their section in Chinese, by the English texts. */
export const CHINESE_LISTS = {
  "no use for {months} {months|month|months}, last in {month}": "已沉默 {months} 个月，最后使用月份 {month}",
  "no use for {months} {months|month|months}, last in {month}, and still billed {bill} a month":
    "已沉默 {months} 个月，最后使用月份 {month}，每月仍出账 {bill}",
  "no payment {days} days after the activation, first bill {bill}: ask what is wrong":
    "入网 {days} 天后仍未缴费，首月账单 {bill}：询问原因",
  "no payment for {days} days after {payments} {payments|payment|payments}, first bill {bill}: ask what is wrong":
    "缴费 {payments} 次后已 {days} 天未缴费，首月账单 {bill}：询问原因",
  "first bill {bill} at a fee of {fee}: offer a fitting tariff or service before the next bill":
    "首月账单 {bill}，月租 {fee}：在下期出账前推荐合适的资费或业务",
  "paid {payments} times, first bill {bill} is among the highest: ask what else they need":
    "已缴费 {payments} 次，首月账单 {bill} 位居前列：了解还需要什么",
  "leaves with a probability of {probability}": "流失概率 {probability}",
  "use fell by half or more": "用量下降一半以上",
  "complained in the last three months": "近三个月有投诉",
  "contract ends within 60 days": "合约 60 天内到期",
  "pays late": "缴费迟延",
  "asked about taking the number along": "咨询过携号转网",
  subscriber: "用户",
  "mean bill": "月均账单",
  tariff: "资费",
  region: "地区",
  dealer: "渠道",
  "activated on": "入网日期",
  "last contact": "最近接触",
  reason: "原因",
  "months silent": "沉默月数",
  "last use": "最后使用",
  "payment overdue": "缴费逾期",
  "bill far above the fee": "账单远高于月租",
  "paid twice": "已缴费两次",
  "call because": "回访缘由",
  "first bill": "首月账单",
  fee: "月租",
  payments: "缴费次数",
  "last payment": "最近缴费",
  "value band": "价值分层",
  important: "重要",
  main: "主要",
  ordinary: "普通",
  small: "小额",
  probability: "流失概率",
  tier: "风险等级",
  "warning signs": "预警信号数",
  yes: "是",
  no: "否",
  "cheapest tariff": "最便宜资费",
  "costs now": "现在费用",
  "would cost": "迁移后费用",
  "saving a month": "每月节省",
  "kind of group": "群组类型",
  "On Monday: whom to call": "周一：给谁打电话",
  "Of {active} active subscribers on {at}: {silent} silent, {newcomers} new and worth a call, {atRisk} of high value at risk.":
    "{at} 在网用户 {active} 户：沉默 {silent} 户，值得回访的新用户 {newcomers} 户，有流失风险的高价值用户 {atRisk} 户。",
  "Begin with those at risk: they pay {revenue} a month in all. Whoever was contacted lately is marked, so that the same person is not called twice.":
    "先联系有流失风险的高价值用户：他们每月共付 {revenue}。近期接触过的用户已标注，以免重复打扰。",
  "silent subscribers": "沉默用户",
  "new subscribers worth a call": "值得回访的新用户",
  "high-value subscribers at risk": "有流失风险的高价值用户",
  "{revenue} a month": "每月 {revenue}",
  "High-value subscribers at risk": "有流失风险的高价值用户",
  "High value: a mean bill of at least {from} a month, {count} {count|subscriber|subscribers}. Of them these are above the lowest tier of the model, by probability times bill. What to do: call from the top down, speak about the reason, and offer what answers it.":
    "高价值：月均账单不低于 {from}，共 {count} 户。其中模型判断高于最低风险等级的用户按“概率 × 账单”排序。做法：自上而下逐个联系，针对原因沟通并给出对应方案。",
  "High value: a mean bill of at least {from} a month, {count} {count|subscriber|subscribers}. Of them these have a warning sign, by the number of signs times the bill; the signs are plain rules and no probabilities. What to do: call from the top down, speak about the sign, and offer what answers it.":
    "高价值：月均账单不低于 {from}，共 {count} 户。其中有预警信号的用户按“信号数 × 账单”排序；信号为简单规则，不是概率。做法：自上而下逐个联系，针对信号沟通并给出对应方案。",
  "New subscribers worth a call": "值得回访的新用户",
  "{count} {count|subscriber|subscribers} joined one to three months ago; those with a first bill of at least {from}, the highest quarter, are listed where they paid twice or the next payment is overdue. What to do: where it is overdue ask what is wrong, where the bill is far above the fee offer a fitting tariff, and welcome the others.":
    "{count} 户在一至三个月前入网；首月账单不低于 {from}（最高四分之一）且已缴费两次或下次缴费逾期者列出。做法：逾期者询问原因，账单远高于月租者推荐合适资费，其余致电欢迎。",
  "{count} {count|subscriber|subscribers} joined one to three months ago; none has a first bill yet.":
    "{count} 户在一至三个月前入网；尚无首月账单。",
  "No subscriber joined one to three months ago.": "一至三个月前没有新入网用户。",
  "{count} of them {count|has|have} no bill of a whole month yet.": "其中 {count} 户尚无整月账单。",
  "Silent subscribers": "沉默用户",
  "Active, but without any use in the last whole month, by the bill. What to do: ask whether the number is still needed, and whether something does not work; the longer the silence, the less a call helps.":
    "在网但上一整月没有任何使用，按账单排序。做法：询问号码是否仍需要、是否有故障；沉默越久，回访越难奏效。",
  "{count} more {count|has|have} had no use for as long as the lists look back: there is no use to win back.":
    "另有 {count} 户在观察期内从未使用：无用量可挽回。",
  "This list can't be made: {reason}.": "无法生成此名单：{reason}。",
  "The list is empty.": "名单为空。",
  "The first of the list": "名单前列",
  "The list with all columns": "完整名单",
  "The lists name subscribers: pass them on only to those who may see them.":
    "名单含用户标识：只交给有权查看的人。",
  "These are the first {shown} of {listed}; the files of the lists hold all.":
    "以上为前 {shown} 户（共 {listed} 户）；名单文件含全部。",
} as const satisfies Record<string, string>;
