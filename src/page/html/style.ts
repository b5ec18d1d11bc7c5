import { PAPER_STYLE } from "./style-paper.js";
import { TABLE_STYLE } from "./style-tables.js";

/** Declarations of the CSS variables of charts, such as `--plot-ink: #222;`, on light and on dark ground. */
export interface PlotVariables {
  readonly light: string;
  readonly dark: string;
}

/** The style sheet of a page. Every colour is a variable: light ones on paper and by default, dark ones on a screen that asks for them. */
export function pageStyle({ light, dark }: PlotVariables = { light: "", dark: "" }): string {
  return `
:root { color-scheme: light; --paper: #fff; --ink: #1c2126; --soft: #566069; --rule: #dde2e7; --shade: #f4f6f8;
  --accent: #1f5c99; --bar: #dae7f4; --warn: #8a4200; --warn-paper: #fff6e8; --warn-rule: #dc8a1d; ${light} }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --paper: #14181c; --ink: #e4e8ec; --soft: #a2adb7; --rule: #323a42; --shade: #1d2328;
    --accent: #80b8f0; --bar: #264461; --warn: #f2b661; --warn-paper: #2b2113; --warn-rule: #b9791c; ${dark} }
}
${TEXT_STYLE}${TABLE_STYLE}${PICTURE_STYLE}${PAPER_STYLE}`;
}

const TEXT_STYLE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 78rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif;
  font-variant-numeric: tabular-nums lining-nums; overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: .06em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--paper); z-index: 3; }
.skip:focus { top: .5rem; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.2rem + 2.4vw, 2.5rem); font-weight: 700; letter-spacing: -.02em; }
h2 { font-size: 1.5rem; font-weight: 650; letter-spacing: -.01em; }
h3 { font-size: 1.1875rem; font-weight: 650; margin-top: 2.5rem; }
h3 + .pictures, h3 + .table { margin-top: 1rem; }
p, ul { margin: .75rem 0; max-width: 44rem; text-wrap: pretty; }
header { padding-bottom: 1.5rem; border-bottom: 1px solid var(--rule); }
header p { margin: .5rem 0 0; color: var(--soft); font-size: 1.0625rem; }
section { padding-top: 2.75rem; }
section + section { margin-top: 2.75rem; border-top: 1px solid var(--rule); }
.lead { font-size: 1.25rem; line-height: 1.5; max-width: 40rem; margin: 1rem 0 1.5rem; }
ul { padding-left: 1.25rem; }
li + li { margin-top: .25rem; }
li::marker { color: var(--soft); }
.note { border-left: 4px solid var(--rule); background: var(--shade); padding: .625rem 1rem; }
.warning { border-color: var(--warn-rule); background: var(--warn-paper); }
.warning strong { color: var(--warn); }
.warning strong::before { content: "▲ " / ""; }
.missing { border-left-style: dashed; border-color: var(--soft); color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8rem), 1fr)); gap: 1.5rem 1.5rem;
  margin: 2rem 0; }
.figures div { display: grid; grid-row: span 3; grid-template-rows: subgrid; row-gap: 0; border-top: 2px solid var(--ink); padding-top: .5rem; }
dt, dd { margin: 0; font-size: .875rem; line-height: 1.4; color: var(--soft); }
dd.value { font-size: 2rem; line-height: 1.25; font-weight: 600; letter-spacing: -.02em; color: var(--ink); }
.code { position: relative; max-width: 52rem; margin: 1rem 0; }
pre { margin: 0; padding: .875rem 1rem; background: var(--shade); white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: .875rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; }
main details { margin: 1.5rem 0; border-top: 1px solid var(--rule); }
summary { cursor: pointer; font-weight: 600; padding: .625rem 0; }
summary::marker { color: var(--soft); }
details[open] > summary { margin-bottom: .25rem; }
nav { font-size: .9375rem; line-height: 1.4; }
nav summary { padding: .5rem 0; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li + li { margin: 0; }
nav a { display: block; padding: .375rem .75rem; border-left: 2px solid var(--rule); color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--ink); }
nav a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: .875rem; }
footer p { margin: .25rem 0; max-width: none; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
[hidden] { display: none !important; }
@media (max-width: 67.99rem) { nav { margin-top: 1rem; } }
@media (min-width: 68rem) {
  body { display: grid; grid-template-columns: 14rem minmax(0, 1fr); grid-template-rows: auto 1fr auto; column-gap: 3.5rem; }
  header, main, footer { grid-column: 2; }
  nav { grid-column: 1; grid-row: 1 / span 3; }
  nav details { position: sticky; top: 1.5rem; max-height: calc(100vh - 3rem); overflow: auto; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;

const PICTURE_STYLE = `
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 2.5rem 2rem;
  margin: 2rem 0; align-items: start; }
figure { margin: 0; min-width: 0; display: flex; flex-direction: column; }
.wide { grid-column: 1 / -1; }
figcaption { display: contents; }
figcaption strong { font-size: .9375rem; font-weight: 650; line-height: 1.35; margin-bottom: .5rem; }
figcaption span { order: 2; font-size: .875rem; line-height: 1.5; color: var(--soft); margin-top: .5rem; max-width: 44rem; }
.plot { overflow-x: auto; }
.plot svg { display: block; max-width: 100%; height: auto; font-family: inherit; overflow: visible; }
.tooltip { position: fixed; z-index: 4; max-width: 20rem; padding: .375rem .625rem; background: var(--ink); color: var(--paper);
  font-size: .8125rem; line-height: 1.4; white-space: pre-line; pointer-events: none; border-radius: 3px; }
@media screen and (max-width: 39.99rem) { .plot[tabindex] svg { max-width: none; width: 40rem; } }
`;
