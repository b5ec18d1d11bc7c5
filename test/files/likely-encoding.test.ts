import { describe, expect, test } from "vitest";
import { likelyEncoding } from "../../src/files/likely-encoding.js";
import { readTable } from "../../src/formats/read-table.js";
import { createRandom } from "../../src/random.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { encoded } from "./encoded.js";

const folder = temporaryFolder();

/** Names of columns and rows as customers' files have them: few letters beside many numbers. */
const SAMPLES: readonly [encoding: string, text: string][] = [
  ["gb18030", "用户编号,在网月数,套餐,是否流失\n1,23,畅享 59,是\n2,4,全家 99,否\n"],
  ["gb18030", "套餐,费用\n畅享,1\n移动,2\n"],
  ["gb18030", "id,plan,churn\n1,基础,1\n2,畅享,0\n"],
  ["gb18030", "id,name,churn\n1,王小明,1\n2,李娜,0\n"],
  ["gb18030", "城市\n深圳\n郑州\n呼和浩特\n"],
  ["gb18030", "客户上个月投诉网络信号不好，准备转到别的运营商。\n"],
  ["big5", "用戶編號,在網月數,套餐,是否流失\n1,23,暢享 59,是\n2,4,全家 99,否\n"],
  ["big5", "id,plan,churn\n1,吃到飽,1\n2,預付卡,0\n"],
  ["big5", "id,姓名,流失\n1,陳大文,是\n2,黃小明,否\n"],
  ["shift_jis", "顧客番号,契約月数,プラン,解約\n1,23,ベーシック,はい\n2,4,家族割,いいえ\n"],
  ["shift_jis", "id,地域,churn\n1,東京,1\n2,大阪,0\n"],
  ["shift_jis", "id,氏名\n1,山田太郎\n2,佐藤花子\n"],
  ["euc-jp", "顧客番号,契約月数,プラン,解約\n1,23,ベーシック,はい\n"],
  ["euc-kr", "고객번호,가입기간,요금제,해지여부\n1,23,기본,예\n2,4,가족,아니오\n"],
  ["euc-kr", "id,지역\n1,서울\n2,부산\n3,대구\n"],
  ["windows-1251", "Номер,Тариф,Отток\n1,Базовый,да\n2,Семейный,нет\n"],
  ["windows-1251", "id;регион;ушел\n1;Санкт-Петербург;1\n2;Екатеринбург;0\n"],
  ["windows-1251", "ФИО;ПОЛ\nИВАНОВ;М\nПЕТРОВА;Ж\n"],
  ["koi8-r", "Номер,Тариф,Отток\n1,Базовый,да\n2,Семейный,нет\n"],
  ["windows-1252", "Kundennr;Gebühr;Gekündigt\n1;ermäßigt;ja\n"],
  ["windows-1252", "id;Größe;Händler\n1;groß;Jürgen Weiß\n"],
  ["windows-1252", "Kunde;Betrag €\nMEIER;10 €\nMÜLLER;20 €\n"],
  ["windows-1252", "Numéro;Durée;Résilié\n1;7;non\n2;3;forfait illimité\n"],
  ["windows-1252", "id,région,à risque\n1,Île-de-France,oui\n2,Côte d’Azur,non\n"],
  ["windows-1252", "id;Año;Compañía;baja\n1;2024;Telefónica;sí\n"],
  ["windows-1252", "id;Município;Renovação\n1;São Paulo;não\n"],
  ["windows-1252", "id;Città;Perché\n1;Forlì;più\n"],
  ["windows-1252", "id;Område;Opsagt\n1;København;nej\n2;Århus;ja\n"],
  ["windows-1250", "Imię;Nazwisko;Odszedł\n1;Błażej;nie\n"],
  ["windows-1250", "Číslo;Příjmení\n1;Dvořák\n2;Šťastný\n"],
  ["windows-1253", "id;Πόλη;Πρόγραμμα\n1;Αθήνα;Βασικό\n"],
  ["windows-1254", "id;Şehir;Müşteri\n1;İstanbul;evet\n2;Muğla;hayır\n"],
  ["windows-1255", "id;עיר;תוכנית\n1;חיפה;בסיסי\n"],
  ["windows-1256", "id;المدينة;الخطة\n1;القاهرة;أساسي\n"],
  ["windows-874", "id;จังหวัด;แพ็กเกจ\n1;กรุงเทพ;พื้นฐาน\n"],
];

describe("likelyEncoding finds", () => {
  test.each(SAMPLES)("%s in %j", (encoding, text) => {
    const bytes = encoded(encoding, text);
    expect(likelyEncoding(bytes, true)?.encoding).toBe(encoding);
    // Rows without the header, many of them.
    const [, ...lines] = text.split("\n");
    const rows = encoded(encoding, `x,1\n${`${lines.length > 1 ? lines.join("\n") : text}\n`.repeat(200)}`);
    expect(likelyEncoding(rows, true)?.encoding).toBe(encoding);
  });

  test("it by lines that are not UTF-8, where others are, and from the middle of a character on", () => {
    const others = Buffer.from("套餐,北京\n".repeat(100));
    const lines = encoded("windows-1252", "Müller,Köln\n");
    expect(likelyEncoding(Buffer.concat([others, lines]), true)?.encoding).toBe("windows-1252");
    const chinese = encoded("gb18030", "套餐,北京\n畅享,上海\n");
    expect(likelyEncoding(chinese.subarray(1), false)?.encoding).toBe("gb18030");
  });

  test("nothing in bytes that are no text", () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed, "bytes");
      const bytes = Buffer.from(Array.from({ length: 5000 }, () => random.integer(256)));
      expect(likelyEncoding(bytes, true)).toBe(undefined);
    }
  });
});

describe("the hint of an error", () => {
  test.each([
    ["windows-1252", "Kunde;Gebühr\nMüller;1\n", "a language of Western Europe"],
    ["gb18030", "套餐,费用\n畅享,1\n", "Chinese"],
    ["windows-1251", "Тариф;Отток\nБазовый;да\n", "Russian"],
  ])("names %s, which then reads the file", async (encoding, text, language) => {
    const path = folder.file(`${encoding}.csv`, encoded(encoding, text));
    const { code, hint } = await thrownBy(() => readTable(path));
    expect([code, hint]).toEqual([
      "data.encoding",
      `it looks like ${language} in another encoding: \`encoding: "${encoding}"\``,
    ]);
    const names = (await readTable(path, { encoding })).columns.map(({ name }) => name);
    expect(names).toEqual(text.split("\n")[0].split(/[,;]/u));
  });

  test("reads what Node 20 in one piece would not: the signs of windows-1252 beyond ISO 8859-1", async () => {
    const path = folder.file("euro.csv", encoded("windows-1252", "Preis\n„7 €“\nx\n"));
    const [column] = (await readTable(path, { encoding: "windows-1252" })).columns;
    expect(column).toMatchObject({ categories: ["„7 €“", "x"] });
  });

  test("stands beside the first byte that is not UTF-8, and its line", async () => {
    const path = folder.file("byte.csv", Buffer.from("a,b\nx,1\nMüller,2\n", "latin1"));
    const { problems } = await thrownBy(() => readTable(path));
    expect(problems).toMatchObject([{ path: { line: 3 }, received: "byte 0xFC" }]);
  });

  test("names no encoding where the bytes are no text", async () => {
    const path = folder.file("binary.csv", Buffer.concat([Buffer.from("a,b\n\x01\x02\xff\x00", "latin1")]));
    expect((await thrownBy(() => readTable(path))).hint).toBe(
      "if it is text in another encoding, name it: `encoding`",
    );
  });
});
