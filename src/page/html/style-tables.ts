/** How tables look, and the controls that the script adds to them. */
export const TABLE_STYLE = `
.table { margin: 2rem 0; }
.scroll { overflow-x: auto; position: relative; }
.scroll.fits { overflow: visible; }
table { border-collapse: separate; border-spacing: 0; font-size: .875rem; line-height: 1.4; min-width: min(100%, 24rem); }
caption { text-align: left; font-size: .9375rem; font-weight: 650; line-height: 1.35; padding: 0 0 .625rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: min(52rem, 100vw - 2.5rem); }
th, td { padding: .375rem .75rem; text-align: right; vertical-align: top; border-bottom: 1px solid var(--rule); }
td { white-space: nowrap; }
thead th { vertical-align: bottom; font-weight: 600; color: var(--soft); background: var(--paper); border-bottom: 1px solid var(--ink);
  position: sticky; top: 0; z-index: 1; }
th { word-break: keep-all; }
tbody th { font-weight: 500; max-width: 24rem; }
th:first-child, .t { text-align: left; }
td.t { white-space: normal; max-width: 32rem; }
td.long { min-width: 13rem; }
th:first-child { padding-left: 0; }
.scroll:not(.fits) th:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper);
  box-shadow: 1px 0 var(--rule); }
.scroll:not(.fits) thead th:first-child { z-index: 2; }
tbody tr:hover > *, .scroll:not(.fits) tr:hover > th { background-color: var(--shade); }
.warn { color: var(--warn); }
.mark { font-size: .75em; vertical-align: .1em; }
.bar { background: linear-gradient(var(--bar), var(--bar)) 0 .125rem / var(--w) calc(1.4em + .5rem) no-repeat; min-width: 7rem; }
${Array.from({ length: 101 }, (_, percent) => `.w${percent}{--w:${percent}%}`).join("")}
.rest { font-size: .875rem; color: var(--soft); margin: .625rem 0 0; }
th button { font-weight: inherit; text-align: inherit; position: relative; }
th button::after { content: "↕" / ""; position: absolute; left: 100%; bottom: 0; width: .75rem; text-align: center; opacity: .4; }
th[aria-sort=ascending] button::after { content: "↑" / ""; opacity: 1; }
th[aria-sort=descending] button::after { content: "↓" / ""; opacity: 1; }
th[aria-sort=ascending], th[aria-sort=descending] { color: var(--ink); }
th button:hover { color: var(--ink); }
.filter { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; font-size: .875rem; color: var(--soft);
  margin-bottom: .75rem; }
@media screen and (min-width: 60rem) {
  .filter { flex-direction: row-reverse; width: fit-content; margin: -.25rem 0 -1.5rem auto; position: relative; z-index: 2; }
  .filter + .scroll caption span { max-width: 24rem; }
}
.filter input { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 3px;
  padding: .125rem .5rem; margin-left: .5rem; width: 12rem; max-width: 100%; }
.code button { position: absolute; top: .5rem; right: .5rem; font-size: .8125rem; color: var(--soft); background: var(--paper);
  border: 1px solid var(--rule); border-radius: 3px; padding: .125rem .5rem; }
.code:has(button) pre { padding-right: 5rem; }
@media screen and (max-width: 39.99rem) { th, td { padding: .375rem .5rem; } tbody th { max-width: 45vw; } }
`;
