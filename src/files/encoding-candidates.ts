/** An encoding that text is often in, and what text in it looks like. */
export interface CandidateEncoding {
  /** Its label in the WHATWG standard. */
  readonly encoding: string;
  readonly language: string;
  /** The characters beyond ASCII that are most frequent in its languages, in any order. */
  readonly common: string;
  /** Logarithm of how much rarer such files are than others. */
  readonly prior: number;
  /** Of characters of two bytes, which ones are in use: by their first bytes, the least second byte, and their number. */
  readonly usual?: {
    readonly from: number;
    readonly to: number;
    readonly second: number;
    readonly count: number;
  };
  /** Of characters of one byte, the script of its letters. */
  readonly script?: RegExp;
}

const HAN =
  "一不了在人有我他中上大到以要就出可也你生而子那得下自之年用道行所然家成方多去如同看天分好小部本前但因只日文者意公此已使明性知全三又正外由最重手向面相二等或新己制果加月合回特代内信表化老位次度常先海通原名真立及比水名入口平更女四何安少才反受目太量再感建必市直德金山千早青東西南北京地高号料期客户區";

const JAPANESE = `${HAN}あいうえおかがきくけこさしじすせそただちっつてでとどなにのはばひびふへほまみむめもやゃゆよょらりるれろわをんアイウエオカガキギクグケコサシジスズセタダチッツテデトドナニネノハバパビピフブプヘベペホボポマミムメモャュョラリルレロワンー会社員学校県府名前契約解約番顧客申込電話`;
const RUSSIAN = "оеаинтсрвлкмдпуяОЕАИНТСРВЛКМДПУЯ";

/** The most frequent first: of two that are equally likely it is named. */
export const CANDIDATES: readonly CandidateEncoding[] = [
  {
    encoding: "gb18030",
    language: "Chinese",
    common: `${HAN}的是这个们来为国说时会对能着过发后作里种事经么法学都现当没动起定还进其些主样理心她开从想实军无力它与长把机十民第情关点业将两间问很并物应战头体政美见被利什产身斯话给世任教儿声提解论处走义各几认条系气题活尔别打变神总电数报结务做接场件计管资命指许统保至队形社便空决展马科司基书非则听却界达光放强即像难权思王象完设式色路记品住求据程边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运户套餐费流失网编码约龄话话否宽带畅享客服畅移联全属费欠停离网基础`,
    prior: 0,
    usual: { from: 0xb0, to: 0xd7, second: 0xa1, count: 3755 },
  },
  {
    encoding: "windows-1252",
    language: "a language of Western Europe",
    common: "äöüßÄÖÜéèàçêáíóúñãõôâîûëïìòùøåæØÅÆÉÁÓœ€’–£§°",
    prior: 0,
    script: /\p{Script=Latin}/u,
  },
  {
    encoding: "windows-1251",
    language: "Russian",
    common: RUSSIAN,
    prior: 0,
    script: /\p{Script=Cyrillic}/u,
  },
  {
    encoding: "shift_jis",
    language: "Japanese",
    common: JAPANESE,
    prior: -1,
    usual: { from: 0x81, to: 0x97, second: 0x40, count: 3500 },
  },
  {
    encoding: "euc-kr",
    language: "Korean",
    common:
      "이다는에의가을하고지기사로은도인리서한시대전스자정어일수부보나상해주제라아그구동국원장여과연공관중신경비년현학화소유선성생조안개실당적무문방업용들위만계물식산금회입체분단세요번호객간형청약월료예니오름액명본족통화납별급",
    prior: -1,
    usual: { from: 0xb0, to: 0xc8, second: 0xa1, count: 2350 },
  },
  {
    encoding: "big5",
    language: "Chinese (traditional)",
    common: `${HAN}的是這個們來為國說時會對能著過發後作裡種事經麼法學都現當沒動起定還進其些主樣理心她開從想實軍無力它與長把機十民第情關點業將兩間問很並物應戰頭體政美見被利什產身斯話給世任教兒聲提解論處走義各幾認條係系氣題活爾別打變神總電數報結務做接場件計管資命指許統保至隊形社便空決展馬科司基書非則聽卻界達光放強即像難權思王象完設式色路記品住求據程邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運戶套餐費流失網編碼約齡暢享客服否`,
    prior: -1,
    usual: { from: 0xa4, to: 0xc6, second: 0x40, count: 5401 },
  },
  {
    encoding: "windows-1250",
    language: "a language of Central Europe",
    common: "ąćęłńóśźżŁŚŻáčďéěíňřšťúůýžČŘŠŽÁÍöőüűăâîşţđ",
    prior: -1,
    script: /\p{Script=Latin}/u,
  },
  {
    encoding: "windows-1254",
    language: "Turkish",
    common: "ğışİĞŞçöüÇÖÜâ",
    prior: -1,
    script: /\p{Script=Latin}/u,
  },
  {
    encoding: "windows-1253",
    language: "Greek",
    common: "αοιετσνηυρπκμλςίάόέήύώωΑΟΙΕΤΣΝΗΥΡΠΚΜΛ",
    prior: -1,
    script: /\p{Script=Greek}/u,
  },
  {
    encoding: "windows-1255",
    language: "Hebrew",
    common: "יוהלאתרבמםנשדקעחפכסצ",
    prior: -2,
    script: /\p{Script=Hebrew}/u,
  },
  {
    encoding: "windows-1256",
    language: "Arabic",
    common: "اليمنرتبدعةهوسفقحك",
    prior: -2,
    script: /\p{Script=Arabic}/u,
  },
  {
    encoding: "windows-874",
    language: "Thai",
    common: "กรนางอเมยลวดสตทปหบคพะัีิ่้",
    prior: -2,
    script: /\p{Script=Thai}/u,
  },
  {
    encoding: "euc-jp",
    language: "Japanese",
    common: JAPANESE,
    prior: -2,
    usual: { from: 0xa4, to: 0xcf, second: 0xa1, count: 3000 },
  },
  {
    encoding: "koi8-r",
    language: "Russian",
    common: RUSSIAN,
    prior: -2,
    script: /\p{Script=Cyrillic}/u,
  },
];
