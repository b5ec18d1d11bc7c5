import type { LocaleName } from "../../explain/reasons/locales.js";
import { type Translate, translator } from "../../printing/translator.js";
import type { PlotOptions } from "../plot-options.js";
import { CHINESE, type PlotText } from "../words.js";
import { type Colours, coloursFor } from "./palette.js";

/** What a chart is drawn on: its width, its colours and its language. */
export interface Paper {
  /** Of the chart itself, in pixels. */
  readonly width: number;
  readonly colour: Colours;
  readonly say: Translate<PlotText>;
  readonly locale: LocaleName;
  /** Statements as one text: `a, b.` or `a，b。` */
  readonly sentence: (...parts: readonly (string | null | undefined)[]) => string;
  /** An interval behind its value: `0.846 (0.836 to 0.857)`; the value alone where there is none. */
  readonly withInterval: (
    value: number,
    low: number | null | undefined,
    high: number | null | undefined,
    show: (value: number) => string,
  ) => string;
}

/** The paper of a chart of these options. */
export function paperOf({ theme = "light", locale = "en" }: PlotOptions, width: number): Paper {
  const isChinese = locale === "zh";
  const say = translator<PlotText>(isChinese ? CHINESE : null);
  return {
    width,
    colour: coloursFor(theme),
    say,
    locale,
    sentence: (...parts) => {
      const given = parts.filter((part) => part !== null && part !== undefined && part !== "");
      if (given.length === 0) return "";
      return given.join(isChinese ? "，" : ", ") + (isChinese ? "。" : ".");
    },
    withInterval: (value, low, high, show) =>
      typeof low === "number" && typeof high === "number"
        ? say("{value} ({low} to {high})", { value: show(value), low: show(low), high: show(high) })
        : show(value),
  };
}
