/** On paper: A4, light, everything unfolded, without what only works on a screen; rows and charts stay whole. */
export const PAPER_STYLE = `
@page { size: A4; margin: 16mm 15mm 18mm; }
@media print {
  html { font-size: 10pt; }
  body { display: block; max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .skip, .filter, .code button, .tooltip { display: none !important; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { list-style: none; break-after: avoid; }
  summary::-webkit-details-marker { display: none; }
  h1, h2, h3, caption, figcaption strong { break-after: avoid; }
  p, li { orphans: 3; widows: 3; }
  section { padding-top: 1.5rem; }
  section + section { margin-top: 1.5rem; }
  figure, tr, .note, .figures, .figures div, pre, table { break-inside: avoid; }
  .pictures { grid-template-columns: 1fr 1fr; gap: 1.5rem; margin: 1.25rem 0; }
  .scroll, .plot { overflow: visible; }
  table { font-size: .8125rem; max-width: 100%; }
  thead { display: table-header-group; }
  thead th, .scroll:not(.fits) th:first-child { position: static; box-shadow: none; }
  th, td { padding: .25rem .5rem; }
  td { white-space: normal; }
  .bar { min-width: 5rem; }
  th button { display: contents; }
  th button::after { content: none; }
  a { color: inherit; text-decoration: none; }
}
`;
