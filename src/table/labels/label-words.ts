/** How a language says that a subscriber churned or stayed: words with blanks between, any case, accents optional. */
interface LabelWords {
  /** Churned, whatever the other value is. */
  readonly churned: string;
  /** Churned, where the other value says that a subscriber stayed: `left` may also have `right` beside it. */
  readonly gone: string;
  /** Stayed. */
  readonly stayed: string;
  /** More words, of names of columns only, for the question whether a subscriber churned. */
  readonly asksChurned: string;
  /** And for the question whether one stayed. */
  readonly asksStayed: string;
  /** Answers to the question that the name of the column asks. */
  readonly yes: string;
  readonly no: string;
  /** Words that turn the next one round. */
  readonly not: string;
  /** Words that undo, deny or end the staying that is named beside them: it is then not certain what is asked. */
  readonly unsure: string;
}

/**
 * The one list of words of labels. Words that say it themselves (`churned`, `流失`) count whatever the column is called;
 * answers (`Yes`, `是`, `1`) count as the name of the column asks. Negated words (`inactive` apart, which is one word) are
 * no entries: `not` turns a word round.
 */
export const LABEL_WORDS: Readonly<Record<string, LabelWords>> = {
  numbers: {
    churned: "",
    gone: "",
    stayed: "",
    asksChurned: "",
    asksStayed: "",
    yes: "1",
    no: "0 -1",
    not: "",
    unsure: "",
  },
  english: {
    churned: "churn churned churner churners attrited defected",
    gone: "left leaver leavers lost gone inactive cancelled canceled terminated disconnected lapsed departed exited expired closed ended deactivated dormant unsubscribed quit former",
    stayed:
      "stayed stay stays stayer retained active loyal renewed kept remained existing current continuing survived",
    asksChurned:
      "churning attrition cancellation cancel cancels termination lapse exit exits leave leaves leaving departure disconnect disconnection unsubscribe defection deactivation inactivity stopped dropout",
    asksStayed:
      "retain retains retention renew renews renewal loyalty staying remain remains alive survival subscribed resubscribed repurchase repurchased still extended extension",
    yes: "yes y true t",
    no: "no n false f",
    not: "not no non never un without isnt wasnt didnt hasnt",
    unsure:
      "declined decline refused refuse rejected reject failed fail fails failure missed miss denied off end ends free against before after risk",
  },
  chinese: {
    churned:
      "流失 已流失 离网 已离网 離網 已離網 销户 已销户 銷戶 拆机 已拆机 退网 已退网 流失用户 流失客户 离网用户",
    gone: "离开 已离开 注销 已注销 停用 已停用 解约 已解约 退订 已退订 失效",
    stayed:
      "在网 在網 留网 留存 已留存 保留 续约 已续约 續約 续费 已续费 续订 已续订 活跃 活躍 忠诚 在用 在册 留下 在网用户 留存用户",
    asksChurned: "",
    asksStayed: "保有 存续 忠诚度 留客",
    yes: "是 真 有 对",
    no: "否 假 无 不是 不 错",
    not: "不再 没有 尚未 并未 从未 未 不 非 没 沒 无 無",
    unsure: "失败 拒绝 取消 终止 结束 到期 中止 放弃 风险",
  },
  japanese: {
    churned: "解約 解約済 解約済み 離反 退会 退会済 退会済み 離脱 チャーン",
    gone: "休眠 失効 停止 脱会",
    stayed: "継続 継続中 維持 在籍 在籍中 契約中 利用中 残存 アクティブ",
    asksChurned: "",
    asksStayed: "契約更新 定着 ロイヤル リテンション 更新",
    yes: "はい 有り 有",
    no: "いいえ 無し 無",
    not: "未 非 不 無",
    unsure: "失敗 拒否 取消 終了 中止 断り",
  },
  german: {
    churned: "abgewandert gekündigt gekuendigt kündiger kuendiger",
    gone: "inaktiv verloren ausgetreten beendet abgemeldet",
    stayed: "geblieben verblieben aktiv treu verlängert verlaengert gehalten bestandskunde",
    asksChurned: "kündigung kuendigung abwanderung abgang",
    asksStayed: "bindung kundenbindung verlängerung verlaengerung treue bleibt verbleib noch",
    yes: "ja j wahr w",
    no: "nein n falsch f",
    not: "nicht nie kein keine ohne un",
    unsure: "abgelehnt verweigert fehlgeschlagen ende risiko",
  },
  french: {
    churned: "résilié résiliée désabonné désabonnée",
    gone: "parti partie perdu perdue inactif inactive",
    stayed: "resté restée actif active fidèle conservé conservée fidélisé fidélisée renouvelé renouvelée",
    asksChurned: "résiliation départ désabonnement",
    asksStayed: "fidélité fidélisation rétention renouvellement retenu retenue encore",
    yes: "oui o vrai v",
    no: "non n faux f",
    not: "non pas sans jamais nest",
    unsure: "refusé refusée échec échoué fin plus risque",
  },
  spanish: {
    churned: "abandonó fugado fugada",
    gone: "baja perdido perdida inactivo inactiva cancelado cancelada",
    stayed: "activo activa retenido retenida fiel permanece permaneció renovado renovada vigente",
    asksChurned: "abandono fuga deserción cancelación",
    asksStayed: "retención renovación renovó fidelidad lealtad permanencia sigue aún todavía",
    yes: "sí s verdadero v",
    no: "no n falso f",
    not: "no sin nunca",
    unsure: "rechazado rechazada fallido fallida fin riesgo",
  },
  italian: {
    churned: "disdetto disdetta abbandonato",
    gone: "perso persa inattivo inattiva cessato cessata",
    stayed: "rimasto rimasta attivo attiva fedele rinnovato rinnovata mantenuto trattenuto",
    asksChurned: "abbandono recesso cessazione",
    asksStayed: "fedeltà rinnovo fidelizzazione permanenza ritenzione rimane ancora",
    yes: "sì s vero v",
    no: "no n falso f",
    not: "non no senza mai",
    unsure: "rifiutato rifiutata fallito fallita fine rischio",
  },
  portuguese: {
    churned: "evadido evadida cancelou",
    gone: "saiu perdido perdida inativo inativa cancelado cancelada desligado",
    stayed: "ficou permaneceu ativo ativa retido retida fiel renovado renovada mantido",
    asksChurned: "evasão abandono cancelamento saída",
    asksStayed: "retenção renovação renovou fidelidade lealdade permanência continua ainda",
    yes: "sim s verdadeiro v",
    no: "não n falso f",
    not: "não sem nunca",
    unsure: "recusado recusada falhou falha fim risco",
  },
  russian: {
    churned: "ушёл ушла ушли отток",
    gone: "потерян неактивен неактивна неактивный отключён отключена отключился расторгнут закрыт",
    stayed:
      "остался осталась активен активна активный удержан удержана лоялен лояльный продлил продлён продлена действует действующий",
    asksChurned: "уход расторжение отключение",
    asksStayed: "удержание продление лояльность активность остаётся ещё",
    yes: "да д истина",
    no: "нет н ложь",
    not: "не нет без",
    unsure: "отказ отклонено отклонён конец риск",
  },
};
