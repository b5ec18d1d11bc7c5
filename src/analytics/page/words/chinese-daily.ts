/** A day by region and for the head office. */
export const CHINESE_DAILY = {
  "Daily figures": "每日数据",
  "On {weekday}, {day}, {joins} {joins|subscriber|subscribers} joined and {leaves} left, of {base} at the start of the day.":
    "{day}（{weekday}）：日初在网 {base} 户，新入网 {joins} 户，离网 {leaves} 户。",
  "{payments} {payments|payment|payments} brought {amount}.": "缴费 {payments} 笔，共 {amount}。",
  "The file is new, with {days} {days|day|days}: {from} to {to}.": "新建文件，共 {days} 天：{from} 至 {to}。",
  "The file was extended by {days} {days|day|days}: {from} to {to}.": "文件新增 {days} 天：{from} 至 {to}。",
  "The file was extended by {day}.": "文件新增 {day}。",
  "The file had the day already: it was not changed.": "文件中已有该日，未作更改。",
  "The file had the day already.": "文件中已有该日。",
  "Facts that became known since have corrected {count} {count|figure|figures} of days that the file had.":
    "后到的数据更正了文件中已有日期的 {count} 项数据。",
  "What was corrected; before and after are those of the last of the days":
    "更正内容；更正前后的数值为其中最后一天的数值",
  "The day by region": "当日各地区数据",
  "What stands out against the same weekdays before": "与此前同一星期几相比的异常",
  "{count} of {judged} figures {count|stands|stand} out against the same weekday in the {weeks} {weeks|week|weeks} before, with at most {rate} false alarms among those that do.":
    "与此前 {weeks} 周的同一星期几相比，{judged} 项数据中有 {count} 项异常，其中误报比例不超过 {rate}。",
  "None of {judged} {judged|figure|figures} stands out against the same weekday in the {weeks} {weeks|week|weeks} before.":
    "与此前 {weeks} 周的同一星期几相比，{judged} 项数据均无异常。",
  "{count} {count|figure|figures} could not be compared: a figure needs at least {least} same weekdays before it.":
    "{count} 项数据无法比较：至少需要此前 {least} 个同一星期几的数据。",
  "The day could not be compared: it needs at least {least} same weekdays before it, and has {weeks}.":
    "该日无法比较：至少需要此前 {least} 个同一星期几的数据，现有 {weeks} 个。",
  "{monthly} of them {monthly|is|are} like {monthly|that|those} of the same day a month before: bills and dues return by month.":
    "其中 {monthly} 项与上月同日相近：账单与缴费按月出现。",
  "What stands out as it did a month before": "与上月同日相近的异常",
  "Joins and leaves by day": "每日入网与离网",
  "Made by holdfast {version}.": "由 holdfast {version} 生成。",
  subscribers: "户数",
  "head office": "省公司",
  "not stated": "未注明",
  region: "地区",
  "base at the start": "日初在网",
  joins: "入网",
  leaves: "离网",
  base: "在网",
  payments: "缴费笔数",
  amount: "缴费金额",
  days: "日期",
  figure: "数据项",
  before: "更正前",
  after: "更正后",
  change: "变化",
  value: "数值",
  expected: "预期",
  "usual range": "通常范围",
  "a month before": "上月同日",
  "false alarms": "误报率",
} as const satisfies Readonly<Record<string, string>>;

export type DailyText = keyof typeof CHINESE_DAILY;
