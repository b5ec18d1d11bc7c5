// What runs within a page that is checked: each function returns a list of problems.
globalThis.pageChecks = {
  /** Texts whose contrast with what is behind them is below WCAG 2.2 AA (1.4.3): 4.5, or 3 where they are large. */
  contrast() {
    for (const details of document.querySelectorAll("details")) details.open = true;
    return [...document.querySelectorAll("body, body *")].flatMap((element) => {
      const text = [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.data.trim())
        .join(" ")
        .trim();
      const isShown = text !== "" && isSeen(element) && element.getClientRects().length > 0;
      if (!isShown || /^(script|style|title|desc)$/iu.test(element.localName)) return [];
      const style = getComputedStyle(element);
      const isSvg = element instanceof SVGElement;
      const size = Number.parseFloat(style.fontSize) * (isSvg ? scaleOf(element) : 1);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const least = isLarge ? 3 : 4.5;
      return (isSvg ? groundsOfSvg(element) : groundsOf(element)).flatMap((ground) => {
        const [red, green, blue, alpha] = colourOf(isSvg ? style.fill : style.color);
        const opacity = alpha * (isSvg ? Number(style.fillOpacity) : 1) * opacityOf(element);
        const ratio = contrastOf(over([red, green, blue, opacity], ground), ground);
        const shown = `${ratio.toFixed(2)} < ${least}: ${JSON.stringify(text.slice(0, 60))}`;
        return ratio < least ? [`${shown} in ${element.closest("[id]")?.id ?? element.localName}`] : [];
      });
    });
  },

  /** Charts without a name or a description, or with text that is cut off. */
  pictures() {
    const textOf = (ids) =>
      (ids ?? "")
        .split(/\s+/u)
        .map((id) => document.getElementById(id)?.textContent ?? "")
        .join(" ")
        .trim();
    const named = (svg) =>
      svg.querySelector(":scope > title")?.textContent ||
      svg.getAttribute("aria-label") ||
      textOf(svg.getAttribute("aria-labelledby"));
    const described = (svg) =>
      svg.querySelector(":scope > desc")?.textContent || textOf(svg.getAttribute("aria-describedby"));
    return [...document.querySelectorAll("main svg")].flatMap((svg) => {
      const place = svg.closest("figure")?.id ?? "outside of a figure";
      return [
        ...(svg.getAttribute("role") === "img" ? [] : [`${place}: role is not img`]),
        ...(named(svg) ? [] : [`${place}: no title`]),
        ...(described(svg) ? [] : [`${place}: no description`]),
        ...(svg.hasAttribute("viewBox") ? [] : [`${place}: no viewBox`]),
        ...cutOff(svg).map((text) => `${place}: ${JSON.stringify(text)} is beyond its edge`),
      ];
    });
  },

  /** Anchors that lead nowhere, and ids that are not unique. */
  anchors() {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const links = [...document.querySelectorAll("a[href^='#']")];
    return [
      ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `id ${id} is not unique`),
      ...links
        .filter(({ hash }) => !ids.includes(decodeURIComponent(hash.slice(1))))
        .map(({ hash }) => `${hash} leads nowhere`),
      ...[...document.querySelectorAll("main section")]
        .filter(({ id }) => !links.some(({ hash }) => hash === `#${id}`))
        .map(({ id }) => `section ${id} is not in the contents`),
    ];
  },

  /** Headings that leave out a level. */
  headings() {
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const levels = headings.map(({ localName }) => Number(localName[1]));
    return [
      ...(levels.filter((level) => level === 1).length === 1 ? [] : ["not one h1"]),
      ...levels
        .map((level, place) => (level > (levels[place - 1] ?? 0) + 1 ? headings[place].textContent : ""))
        .filter((text) => text !== "")
        .map((text) => `heading ${JSON.stringify(text)} leaves out a level`),
    ];
  },

  /** What is wider than the page, so that it scrolls sideways. */
  overflow() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.querySelectorAll("main *, header *, nav *, footer *")].filter(
      (element) =>
        element.getBoundingClientRect().right > clientWidth + 1 && !element.closest(".scroll, .plot"),
    );
    const names = beyond.slice(0, 5).map((element) => element.closest("[id]")?.id ?? element.localName);
    return [`${scrollWidth} > ${clientWidth} pixels: ${names.join(", ")}`];
  },

  /** Regions that scroll and cannot be reached by the tab key, or have no name. */
  regions() {
    return [...document.querySelectorAll("main *")]
      .filter((element) => /auto|scroll/u.test(getComputedStyle(element).overflowX))
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter((element) => element.tabIndex !== 0 || !element.getAttribute("aria-labelledby"))
      .map((element) => `what scrolls in ${element.closest("[id]")?.id} is not reachable, or has no name`);
  },

  /** Controls that can be seen. */
  controls() {
    return [...document.querySelectorAll("button, input, select")]
      .filter((element) => isSeen(element))
      .map((element) => `${element.localName} ${JSON.stringify(element.textContent)} is shown`);
  },

  /** Text of sections that cannot be seen, other than in folded details. */
  hidden() {
    return [
      ...document.querySelectorAll("main p, main li, main h2, main h3, main td, main th, main figure svg"),
    ]
      .filter((element) => !element.closest("details:not([open])"))
      .filter((element) => !isSeen(element) || element.getClientRects().length === 0)
      .map((element) => `${JSON.stringify(element.textContent.slice(0, 60))} is not shown`);
  },

  /** On paper: what must not be there, what must be there, and whether the ground is white. */
  paper() {
    const isShown = (element) => isSeen(element) && element.getClientRects().length > 0;
    const of = (selector) => [...document.querySelectorAll(selector)];
    const ground = getComputedStyle(document.body).backgroundColor;
    return [
      ...of("nav, .skip, .filter, .code button, .tooltip")
        .filter(isShown)
        .map(({ localName, className }) => `${localName} ${className} is printed`),
      // `checkVisibility` does not see a style that unfolds: what is folded has no height.
      ...of("main details > :not(summary)")
        .filter((element) => element.getBoundingClientRect().height === 0)
        .map(({ localName }) => `${localName} in details is not printed`),
      ...(ground === "rgb(255, 255, 255)" ? [] : [`the ground is ${ground}`]),
    ];
  },
};

function isSeen(element) {
  return element.checkVisibility({ visibilityProperty: true });
}

const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
const context = canvas.getContext("2d", { willReadFrequently: true });

/** Red, green, blue from 0 to 255, alpha from 0 to 1. */
function colourOf(text) {
  if (text === "none" || text.startsWith("url")) return [0, 0, 0, 0];
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

function over([red, green, blue, alpha], ground) {
  return [red, green, blue].map((part, place) => part * alpha + ground[place] * (1 - alpha));
}

/** The texts of a chart that reach beyond it. */
function cutOff(svg) {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")]
    .filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      const beyond = Math.max(frame.left - left, right - frame.right, frame.top - top, bottom - frame.bottom);
      return right > left && beyond > 2;
    })
    .map(({ textContent }) => textContent);
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function contrastOf(first, second) {
  const [low, high] = [first, second]
    .map(([red, green, blue]) => {
      const [r, g, b] = [red, green, blue].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    })
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The product of the opacities of an element and all around it. */
function opacityOf(element) {
  let opacity = 1;
  for (let each = element; each; each = each.parentElement) opacity *= Number(getComputedStyle(each).opacity);
  return opacity;
}

/** What is behind the text of an element: the colours of it and all around it; of a gradient, each of its colours. */
function groundsOf(element) {
  if (!element) return [[255, 255, 255]];
  const { backgroundColor, backgroundImage } = getComputedStyle(element);
  const behind = groundsOf(element.parentElement).map((ground) => over(colourOf(backgroundColor), ground));
  const gradient = backgroundImage.match(/(?:rgba?|color|oklch|oklab)\([^)]*\)/gu) ?? [];
  return [...behind, ...gradient.flatMap((each) => behind.map((ground) => over(colourOf(each), ground)))];
}

/** What is behind the text of a chart, at both its ends and in its middle: its own halo, or shapes that are drawn before it. */
function groundsOfSvg(text) {
  const svg = text.ownerSVGElement;
  const style = getComputedStyle(text);
  if (
    style.paintOrder.startsWith("stroke") &&
    colourOf(style.stroke)[3] > 0 &&
    Number.parseFloat(style.strokeWidth) >= 2
  ) {
    return groundsOf(svg).map((ground) => over(colourOf(style.stroke), ground));
  }
  const shapes = [...svg.querySelectorAll("rect, path, circle, ellipse, polygon")].filter(
    (shape) =>
      !shape.closest("defs, clipPath, mask, pattern, marker") &&
      shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const { left, right, top, bottom } = text.getBoundingClientRect();
  const middle = (top + bottom) / 2;
  return [left + 1, (left + right) / 2, right - 1].flatMap((x) =>
    shapes.reduce((grounds, shape) => {
      const { fill, fillOpacity } = getComputedStyle(shape);
      const [red, green, blue, alpha] = colourOf(fill);
      const opacity = alpha * Number(fillOpacity) * opacityOf(shape);
      const place = new DOMPoint(x, middle).matrixTransform(shape.getScreenCTM().inverse());
      if (opacity === 0 || !shape.isPointInFill(place)) return grounds;
      return grounds.map((ground) => over([red, green, blue, opacity], ground));
    }, groundsOf(svg)),
  );
}

/** By how much a chart is drawn larger than its numbers say. */
function scaleOf(element) {
  return element.getScreenCTM()?.a ?? 1;
}
