/** Abnormal activation of dealers and tariffs. */
export const CHINESE_ACTIVATION = {
  "Abnormal activation": "异常入网",
  "{named} of {tested} {tested|dealer|dealers} {named|activates|activate} cards that are hardly used and soon end or fall silent, beyond what their peers do.":
    "{tested} 个渠道中有 {named} 个激活的卡几乎不被使用、很快离网或沉默，明显超出同类渠道。",
  "No dealer is named: none of {tested} dealers with {activations} activations from {from} to {to} has cards that are hardly used and soon end or fall silent beyond what its peers have.":
    "未点名任何渠道：{from} 至 {to} 期间 {tested} 个渠道的 {activations} 次入网中，没有渠道的低使用且很快离网或沉默的卡明显多于同类渠道。",
  "Check these cards before anything else is done: call a sample of the numbers, compare documents and devices, and hold the commission until they are found to be in use. The counts are a reason to look, and no proof.":
    "请先核查这些卡：抽样回拨号码，比对证件与终端，在确认实际使用之前暂缓支付佣金。这些数字是核查的理由，不是证据本身。",
  "{name}: {unused} of {activations} activations were hardly used in any of their first four months (peers: {expectedUnused}); {silent} of them ended or fell silent in their first year (peers: {expectedSilent}).":
    "{name}：{activations} 次入网中有 {unused} 张卡在前四个月几乎未使用（同类预期 {expectedUnused}）；其中 {silent} 张在首年内离网或沉默（同类预期 {expectedSilent}）。",
  "{cards} ended within {days} {days|day|days}, from {from} to {to}.":
    "{cards} 张在 {days} 天内离网（{from} 至 {to}）。",
  "{cards} were activated on one day, {day}.": "{cards} 张在同一天（{day}）激活。",
  "Half of them ended or were last used in months {from} to {to} of life.":
    "其中一半在入网后第 {from} 至 {to} 个月离网或最后一次使用。",
  "{cards} of {of} had no second payment in 180 days (peers that use their cards: {peers}).":
    "{of} 张中有 {cards} 张在 180 天内没有第二次缴费（正常使用的同类：{peers}）。",
  "{cards} of {of} had no call to the service, complaint or other event in 180 days (peers that use their cards: {peers}).":
    "{of} 张中有 {cards} 张在 180 天内没有客服来电、投诉或其他事件（正常使用的同类：{peers}）。",
  "A card is hardly used where it stays below {littleUse} of what is usual in its tariff, kind of payment and month ({measures}). Peers are cards of the same tariff, kind of payment, month of activation and region, of other dealers that are not named. Named is who stands out in both counts at a false-discovery rate of at most {rate}.":
    "“几乎未使用”指低于同资费、同付费方式、同月份通常用量的 {littleUse}（{measures}）。同类指其他未被点名渠道中资费、付费方式、入网月份和地区相同的卡。两项计数都显著偏高且错误发现率不超过 {rate} 的才点名。",
  "Dealers whose customers use their cards and then leave or pay late are not meant: their churn is in the other sections.":
    "客户正常使用之后才离网或欠费的渠道不在此列；其流失情况见其他部分。",
  "{few} {few|dealer|dealers} with fewer than ten activations {few|was|were} not tested.":
    "另有 {few} 个渠道入网不足十次，未作检验。",
  "Dealers, the most conspicuous first": "渠道，最可疑者在前",
  "Tariffs, without the cards of named dealers": "资费（不含被点名渠道的卡）",
  "No tariff is named: without the cards of named dealers, none of {tested} stands out.":
    "未点名任何资费：除去被点名渠道的卡，{tested} 个资费均无异常。",
  "{named} of {tested} {tested|tariff|tariffs} {named|is|are} named, without the cards of named dealers.":
    "除去被点名渠道的卡，{tested} 个资费中有 {named} 个被点名。",
  dealer: "渠道",
  tariff: "资费",
  activations: "入网数",
  "hardly used": "几乎未使用",
  "expected hardly used": "预期几乎未使用",
  silent: "离网或沉默",
  "expected silent": "预期离网或沉默",
  q: "q",
  verdict: "判断",
  "check the cards": "核查卡",
  named: "被点名",
  "other dealers": "其他渠道",
  "Hardly used and silent cards, by dealer": "各渠道几乎未使用与沉默的卡",
  "Each mark is a dealer. Honest dealers are together at the lower left, those of poor customers too.":
    "每个点代表一个渠道。正常渠道集中在左下方，客户质量较差的渠道也在其中。",
  "hardly used, % of activations": "几乎未使用，占入网数的百分比",
  "silent, % of activations": "离网或沉默，占入网数的百分比",
  "The history has no usage, billing or payments by which the use of a card could be judged.":
    "历史数据中没有可用于判断用卡情况的用量、账单或缴费。",
  "No card was activated in months that are covered and followed for three months.":
    "在有记录并可跟踪三个月的月份内没有入网。",
  "The history does not say which dealer activated a subscriber (`dealer_id` of `subscribers`).":
    "历史数据没有记录用户的入网渠道（`subscribers` 的 `dealer_id`）。",
  "The history has no tariffs.": "历史数据没有资费表。",
  "Fewer than 3 dealers have 10 activations or more, so that there are no peers.":
    "入网不少于 10 次的渠道不足 3 个，没有可比的同类。",
  "Fewer than 3 tariffs have 10 activations or more, so that there are no peers.":
    "入网不少于 10 次的资费不足 3 个，没有可比的同类。",
} as const satisfies Readonly<Record<string, string>>;

export type ActivationText = keyof typeof CHINESE_ACTIVATION;
