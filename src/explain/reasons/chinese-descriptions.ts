/** Measures and kinds of events that default features are about. */
const MEASURES: Readonly<Record<string, string>> = {
  minutes: "通话时长",
  "mobile data": "流量",
  "text messages": "短信",
  "dropped calls": "掉话",
  revenue: "账单",
  complaints: "投诉",
  calls: "来电咨询",
  "retention contacts": "挽留联系",
  "network faults": "网络故障",
  "competitor calls": "拨打竞争对手",
  "porting enquiries": "携号转网咨询",
  "payment reminders": "催缴",
};

/** Descriptions of features in English and Chinese; `{}` is a measure or a kind of event. */
const DESCRIPTIONS: readonly (readonly [english: string, chinese: string])[] = [
  ["region", "地区"],
  ["dealer", "发展渠道"],
  ["prepaid or postpaid", "付费方式"],
  ["year of birth", "出生年份"],
  ["age", "年龄"],
  ["time since activation", "入网时长"],
  ["month of life, in bands", "入网月份段"],
  ["subscriber for less than three months", "入网不足三个月"],
  ["months until the next anniversary of activation, 12 on it", "距下一个入网周年的月数"],
  ["time until the contract ends, negative after its end", "距合约到期（负数为已到期）"],
  ["mean monthly bill", "月均账单"],
  ["bill of the last month", "上月账单"],
  ["last bill less the mean bill", "上月账单减月均账单"],
  ["last bill against the mean bill", "上月账单 against 月均账单"],
  ["swings of the bill, as a share of its mean", "账单波动幅度（占均值）"],
  ["mean bill against that of all subscribers, in bands", "月均账单相对全体用户的档次"],
  ["last bill against the bill before", "上月账单 against 前一个月"],
  ["trend of the bill from month to month", "账单逐月变化"],
  ["mean bill as a share of that of all subscribers on the tariff", "月均账单占同套餐用户均值的比例"],
  ["tariff", "套餐"],
  ["time on the tariff", "在现套餐的时长"],
  ["changes of tariff in the observation window", "观察期内更换套餐次数"],
  ["fee of the tariff", "套餐月费"],
  [
    "fee of the tariff less that at the beginning of the observation window, 0 without a change",
    "套餐月费较观察期初的变化",
  ],
  ["mean bill against the mean use of {}", "每单位{}的月均账单"],
  ["fee of the tariff against the mean use of {}", "每单位{}的套餐月费"],
  ["share of the tariff's subscribers who left of late", "该套餐近期离网率"],
  ["kind of group", "群组类型"],
  ["active members of the group", "群组在网成员数"],
  ["share of all who were ever in the group who still are", "群组成员留存比例"],
  ["members of the group who left in the last three months", "近三个月离网的群组成员数"],
  ["members of the group who left in the observation window", "观察期内离网的群组成员数"],
  ["place in the group by mean bill, 1 pays most", "群组内账单排名"],
  [
    "bills of the group in the last three months against the three before",
    "群组近三个月账单 against 前三个月",
  ],
  ["mean {} a month", "月均{}"],
  ["{} of the last month", "上月{}"],
  ["{} of the last month against the mean", "上月{} against 均值"],
  ["swings of {}, as a share of its mean", "{}波动幅度（占均值）"],
  ["months with any {}", "有{}的月数"],
  ["whole months since activation without any {}", "入网以来无{}的整月数"],
  ["months ago of the last {}, 1 is the last month", "距最近一次{}的月数"],
  ["trend of {} from month to month", "{}逐月变化"],
  ["{} of the last month against the month before", "上月{} against 前一个月"],
  ["fall of {} by 80% or more against the months before", "{}较此前下降八成以上"],
  ["{} of the last three months against the three before", "近三个月{} against 前三个月"],
  ["payments in the observation window", "观察期内缴费次数"],
  ["mean payment", "平均缴费金额"],
  ["payments in all", "缴费总额"],
  ["time since the last payment", "距上次缴费"],
  ["mean time from payment to payment", "平均缴费间隔"],
  [
    "time since the last payment against the usual time between payments",
    "距上次缴费的时间 against 通常间隔",
  ],
  ["late payments in the observation window", "观察期内逾期缴费次数"],
  ["the latest payment's delay", "最近一次缴费的逾期天数"],
  ["mean delay of payments, none if early", "平均逾期天数"],
  ["balance after the last payment that tells one", "最近一次缴费后的余额"],
  ["in arrears", "欠费"],
  ["services held", "增值业务数量"],
  ["services dropped in the observation window", "观察期内退订业务数"],
  ["services added in the observation window", "观察期内新增业务数"],
  ["time since a service was dropped", "距上次退订业务"],
  ["{} in the observation window", "观察期内{}次数"],
  ["{} in the last three months", "近三个月{}次数"],
  ["time since the last of the {}", "距最近一次{}"],
  ["total value of {} in the observation window", "观察期内{}总值"],
  ["total value of {} in the last three months", "近三个月{}总值"],
  ["contacts in the observation window", "观察期内联系次数"],
  ["contacts in the last three months", "近三个月联系次数"],
  ["time since the last contact", "距上次联系"],
  ["offers accepted in the observation window", "观察期内接受的优惠数"],
  ["offers refused in the observation window", "观察期内拒绝的优惠数"],
  ["contacts without an answer", "未接通的联系次数"],
  ["offer of the last contact", "上次联系的优惠"],
  ["channel of the last contact", "上次联系的方式"],
  ["outcome of the last contact", "上次联系的结果"],
  ["days with activity, of the last 30", "近30天活跃天数"],
  ["time since the last day with activity", "距最近活跃日"],
  ["the longest run of days without activity, of the last 30", "近30天最长静默天数"],
  ["{} of the last 7 days against a mean week of the 28 before", "近7天{} against 此前28天周均"],
  ["{} of the last 30 days against the 30 before", "近30天{} against 此前30天"],
  [
    "subscribers whom the dealer activated on the same day; fewer than 3 count as 1",
    "发展渠道同日激活的用户数",
  ],
  [
    "share of the dealer's subscribers like this one who left of late, less that of all dealers",
    "该渠道同类用户近期离网率与全体渠道之差",
  ],
  ["has an account manager", "有客户经理"],
  ["time with the account manager", "现任客户经理服务时长"],
  ["changes of account manager in the observation window", "观察期内更换客户经理次数"],
  ["changes of account manager in the last three months", "近三个月更换客户经理次数"],
  ["changes of contact person in the observation window", "观察期内更换联系人次数"],
  ["time since the contact person became the one", "现联系人任职时长"],
  ["what the cheapest tariff for the use would save", "换用最省套餐每月可省"],
  [
    "what the cheapest tariff for the use would save, as a share of what the present one costs",
    "换用最省套餐可省的比例",
  ],
  ["cheapest tariff for the use", "最省的套餐"],
  ["month of the year, January is 1", "月份"],
  ["quarter of the year", "季度"],
  ["months to the end of the year, 1 in December", "距年底的月数"],
];

/** Descriptions without a measure, and patterns of those with one; the more specific pattern first. */
const EXACT = new Map(DESCRIPTIONS.filter(([english]) => !english.includes("{}")));
const PATTERNS = DESCRIPTIONS.filter(([english]) => english.includes("{}"))
  .toSorted(([a], [b]) => b.length - a.length)
  .map(([english, chinese]) => {
    const parts = english.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return { pattern: new RegExp(`^${parts.join("(.+)")}$`), chinese };
  });

/** A description of a default feature in Chinese; undefined for others. */
export function chineseDescription(english: string): string | undefined {
  const exact = EXACT.get(english);
  if (exact !== undefined) return exact;
  for (const { pattern, chinese } of PATTERNS) {
    const measure = pattern.exec(english)?.[1];
    if (measure !== undefined) return chinese.replace("{}", MEASURES[measure] ?? measure);
  }
  return undefined;
}
