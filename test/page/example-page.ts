import type { PlotVariables } from "../../src/page/html/style.js";
import type { Block, Page, PageCell, Picture } from "../../src/page/page.js";

/** Names that would break a page that takes them for markup, or a spreadsheet that runs them. */
export const HOSTILE_NAMES = [
  "<script>alert(1)</script>",
  "</style><img src=x onerror=alert(1)>",
  `"quoted" & 'single' <b>bold</b>`,
  "]]> --> <!-- &amp;",
  "javascript:alert(1)",
  "\u202eelbisrever\u0007 \u001b[31m",
  '=HYPERLINK("https://example.com")',
  "*stars* _bars_ [link](https://example.com) `code` a|b",
  "monthly_charges \\ ~~gone~~ $x$",
] as const;

/** Colours of charts for the tests. */
export const PLOT_VARIABLES: PlotVariables = {
  light:
    "--plot-ink: #1c2126; --plot-soft: #566069; --plot-rule: #dde2e7; --plot-blue: #2a6fb0; --plot-orange: #c05a12;",
  dark: "--plot-ink: #e4e8ec; --plot-soft: #a2adb7; --plot-rule: #323a42; --plot-blue: #6fb0ee; --plot-orange: #f0a35c;",
};

/** A page with every kind of block. */
export function examplePage(locale: Page["locale"] = "en"): Page {
  return { ...(locale === "en" ? ENGLISH : CHINESE), locale };
}

/** A bar chart; its ids are the same in every chart, as those of plots may be. */
export function chart(id: string, title: string, width = 640, wide?: true): Picture {
  const bars = [0.62, 0.41, 0.33, 0.24, 0.18, 0.12, 0.09, 0.05, 0.03, 0.01];
  const step = (width - 60) / bars.length;
  const marks = bars.map(
    (share, place) =>
      `<rect class="tip" x="${50 + place * step}" y="${200 - share * 280}" width="${step - 6}" height="${share * 280}" fill="var(--plot-${place < 3 ? "orange" : "blue"})"><title>Tenth ${place + 1}: ${share * 100}%</title></rect>` +
      `<text x="${50 + (place + 0.5) * step - 3}" y="218" text-anchor="middle">${place + 1}</text>`,
  );
  const lines = [0, 0.2, 0.4, 0.6].map(
    (share) =>
      `<line x1="44" x2="${width}" y1="${200 - share * 280}" y2="${200 - share * 280}" stroke="var(--plot-rule)"/>` +
      `<text x="38" y="${204 - share * 280}" text-anchor="end" fill="var(--plot-soft)">${share * 100}%</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 ${width} 240" width="${width}" height="240" font-size="12" fill="var(--plot-ink)"><title id="title">${title}</title><desc id="desc">The first three tenths hold most churners.</desc><defs><clipPath id="clip"><rect width="${width}" height="240"/></clipPath></defs><g clip-path="url(#clip)">${lines.join("")}${marks.join("")}</g></svg>`;
  const light = svg.replace(/var\(--plot-(?:ink|soft)\)/gu, "#222").replace(/var\(--plot-\w+\)/gu, "#27c");
  return {
    id,
    title,
    caption: "The first three tenths hold most churners; what follows is hardly above chance.",
    svg: (theme) => (theme === "page" ? svg : light),
    ...(wide && { wide }),
  };
}

/** Rows with a rank that is sorted by a value, percents, dashes, ranges. */
function segmentRows(count: number, names: readonly string[]): PageCell[][] {
  return Array.from({ length: count }, (_, row) => {
    const share = ((row * 37) % 100) / 100;
    return [
      `${names[row % names.length]}${row < names.length ? "" : ` ${row}`}`,
      { text: (1234 - row * 7).toLocaleString("en-US"), value: 1234 - row * 7 },
      { text: `${(share * 100).toFixed(1)}%`, value: share, bar: share },
      row % 5 === 3 ? { text: "–", value: null } : (0.9 - share / 3).toFixed(4),
      `${(0.85 - share / 3).toFixed(2)}–${(0.94 - share / 3).toFixed(2)}`,
      row % 4 === 0 ? { text: (0.02 + share).toFixed(3), tone: "warning" } : (0.02 + share).toFixed(3),
      row % 3 === 0 ? "predicted too low" : "as observed",
    ];
  });
}

const HEAD = ["Segment", "Rows", "Churn rate", "ROC AUC", "95% interval", "Gap", "Calibration"];

const METRICS: PageCell[][] = [
  ["ROC AUC", "0.8507", "0.8414–0.8609", "0.5000"],
  ["Average precision", "0.6634", "0.6412–0.6857", "0.2654"],
  ["Brier score", "0.1334", "0.1291–0.1380", "0.1950"],
  ["Log loss", "0.4102", "0.3977–0.4235", "0.5786"],
  ["Calibration error", "0.0102", "0.0071–0.0188", "–"],
];

const BLOCKS: Block[] = [
  {
    is: "text",
    lead: true,
    text: "The model ranks churners well: seven of ten are among the fifth of subscribers with the highest probabilities, and its probabilities can be taken at their word.",
  },
  {
    is: "figures",
    items: [
      { label: "ROC AUC", value: "0.8507", detail: "0.8414–0.8609" },
      { label: "Churners in the top tenth", value: "2.8×", detail: "compared with a random tenth" },
      { label: "Churn rate", value: "26.5%", detail: "1,869 of 7,043 rows" },
      { label: "Calibration error", value: "0.0102", detail: "0.0071–0.0188" },
    ],
  },
  {
    is: "note",
    tone: "warning",
    text: "12% of the rows were in training too: the figures are better than they will be on new rows.",
  },
  { is: "note", tone: "missing", text: "Risk by value: no column of values was given." },
  {
    is: "text",
    text: "Each figure is measured on rows that the model did not see, as an average of five folds. Intervals are those of 1,000 bootstrap samples.",
  },
  {
    is: "list",
    items: [
      "Two columns were left out: customerID names rows, and TotalCharges says the same as tenure.",
      "No column determines the label.",
    ],
  },
];

const ENGLISH: Page = {
  locale: "en",
  title: "Churn of the telco data",
  subtitle: "Gradient-boosted trees on 7,043 subscribers, evaluated on 19 June 2026",
  sections: [
    { id: "summary", title: "In short", blocks: BLOCKS },
    {
      id: "ranking",
      title: "How well it ranks",
      blocks: [
        {
          is: "text",
          text: "A metric of 0.5 is that of chance; the constant is a model that predicts the churn rate for everyone.",
        },
        {
          is: "table",
          table: {
            id: "metrics",
            caption: "Metrics, with 95% intervals",
            head: ["Metric", "Value", "95% interval", "Constant"],
            rows: METRICS,
          },
        },
        {
          is: "pictures",
          pictures: [chart("lift", "Churn rate by tenth", 460), chart("gain", "Churners reached", 460)],
        },
        { is: "heading", text: "Over time" },
        { is: "pictures", pictures: [chart("months", "Churn rate by month of cutoff", 940, true)] },
      ],
    },
    {
      id: "segments",
      title: "Where it is weak",
      blocks: [
        {
          is: "table",
          table: {
            id: "segments-all",
            caption: "Segments, those that are off first",
            head: HEAD,
            rows: segmentRows(3141, [
              "Contract: month-to-month",
              "Payment: electronic check",
              "Internet: fiber optic",
              ...HOSTILE_NAMES,
            ]),
            most: 20,
          },
        },
        {
          is: "table",
          table: {
            id: "many",
            caption: "A table that is longer than a screen",
            head: HEAD.slice(0, 4),
            rows: segmentRows(60, ["Contract: two years", "Senior: yes"]).map((row) => row.slice(0, 4)),
          },
        },
        {
          is: "details",
          summary: "All tests, and how they were corrected",
          blocks: [
            { is: "text", text: "Holm's correction over all tests of segments." },
            { is: "heading", text: "What was tested" },
            {
              is: "table",
              table: {
                id: "wide",
                caption:
                  "A table that is wider than the page, with a caption that has to be read on a telephone without scrolling",
                head: ["Name", ...Array.from({ length: 14 }, (_, place) => `Figure ${place + 1}`)],
                rows: [1, 2, 3].map((row) => [
                  `Row ${row}`,
                  ...Array.from({ length: 14 }, (_, place) => String(row * 1000 + place)),
                ]),
              },
            },
          ],
        },
      ],
    },
    {
      id: "names",
      title: `Names as they come: ${HOSTILE_NAMES[0]}`,
      blocks: [
        ...HOSTILE_NAMES.map((text): Block => ({ is: "text", text })),
        { is: "list", items: ["- a dash", "1. a number", "# a hash"] },
        {
          is: "code",
          text: "holdfast evaluate telco.model.json march.csv --output report.html\nholdfast score telco.model.json april.csv --top 500 # a comment that is longer than a telephone is wide\n```</script>",
        },
      ],
    },
  ],
  foot: [
    "holdfast 1.0, model telco.model.json of 12 May 2026, seed 42.",
    "Rows: march.csv, 7,043 rows, SHA-256 3f5a…",
  ],
};

const CHINESE: Page = {
  locale: "zh",
  title: "客户流失模型评估报告",
  subtitle: "梯度提升树，7,043 名用户，评估于 2026 年 6 月 19 日",
  sections: [
    {
      id: "summary",
      title: "摘要",
      blocks: [
        {
          is: "text",
          lead: true,
          text: "模型能够很好地区分流失用户：概率最高的五分之一用户中，包含了十分之七的流失用户；其概率也可以直接采信。",
        },
        {
          is: "figures",
          items: [
            { label: "ROC AUC", value: "0.8507", detail: "0.8414–0.8609" },
            { label: "最高十分位的流失率", value: "2.8×", detail: "相当于随机抽取的倍数" },
            { label: "流失率", value: "26.5%", detail: "7,043 行中的 1,869 行" },
          ],
        },
        { is: "note", tone: "warning", text: "12% 的行曾用于训练：指标会比在新数据上更好。" },
        { is: "note", tone: "missing", text: "未提供价值列，无法按价值划分风险。" },
      ],
    },
    {
      id: "segments",
      title: "薄弱的细分群体",
      blocks: [
        {
          is: "table",
          table: {
            id: "segments-all",
            caption: "细分群体（偏差最大的在前）",
            head: ["群体", "行数", "流失率", "ROC AUC", "95% 区间", "差距", "校准"],
            rows: segmentRows(45, ["合同：按月", "付款方式：电子支票", "网络：光纤"]),
            most: 20,
          },
        },
        {
          is: "pictures",
          pictures: [chart("lift", "各十分位的流失率", 460), chart("gain", "覆盖的流失用户", 460)],
        },
        { is: "details", summary: "所有检验", blocks: [{ is: "text", text: "对全部检验使用 Holm 校正。" }] },
        { is: "code", text: "holdfast evaluate 模型.json 三月.csv" },
      ],
    },
  ],
  foot: ["holdfast 1.0，模型 telco.model.json，随机种子 42。"],
};
