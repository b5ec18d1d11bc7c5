/**
 * What a mark of a chart is about, at the pointer, by touch, or by the arrow keys where the chart has the focus. The browser's own tooltips
 * would come later, and twice: the title of a mark is taken away when it is shown, that of the chart moves to where none is shown for it.
 */
export const CHART_SCRIPT = `
const tip = make("div", { className: "tooltip", hidden: true, role: "status" });
page.querySelector("main").append(tip);
const show = mark => {
  const [title] = all("title", mark), { x, y, width, bottom } = mark.getBoundingClientRect(), { dataset } = mark;
  if (title) { dataset.tip = title.textContent; title.remove(); }
  tip.textContent = dataset.tip;
  tip.hidden = false;
  const room = page.documentElement.clientWidth - tip.offsetWidth - 4, over = y - tip.offsetHeight - 6;
  tip.style.left = Math.max(4, Math.min(x + width / 2 - tip.offsetWidth / 2, room)) + "px";
  tip.style.top = (over < 4 ? bottom + 6 : over) + "px";
};
for (const svg of all("svg:has(.tip)")) {
  const marks = all(".tip", svg), unseen = page.createElementNS(svg.namespaceURI, "defs");
  let at = -1;
  unseen.append(...all(":scope > title[id]", svg));
  svg.prepend(unseen);
  svg.tabIndex = 0;
  svg.onpointerover = ({ target }) => { const mark = target.closest(".tip"); if (mark) show(mark); else tip.hidden = true; };
  svg.onpointerleave = svg.onblur = () => tip.hidden = true;
  svg.onkeydown = event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") tip.hidden = true;
    if (!step) return;
    event.preventDefault();
    at = (at + step + marks.length) % marks.length;
    show(marks[at]);
  };
}
`;
