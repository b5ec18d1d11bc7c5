import { describe, expect, test } from "vitest";
import * as exported from "../../src/plots/index.js";
import { PLOTS } from "../../src/plots/plots.js";
import { nodesOf, readXml, textOf, textsOf } from "./xml.js";

// Contracts of all charts; those of one are in the files of `charts/`.

type Draw = (source: unknown, options?: exported.PlotOptions) => string;
const ALL = Object.entries(PLOTS).map(([name, { draw, example }]): [string, Draw, unknown] => [
  name,
  draw as unknown as Draw,
  example,
]);
const THEMES = ["light", "dark", "page"] as const;
const LOCALES = ["en", "zh"] as const;
const ELEMENTS = new Set("svg title desc g rect path line circle text tspan".split(" "));
const MOST_BYTES = 8000;
const HOSTILE = `</text><script>alert("1")</script>'&amp; \u202eevil\u0000 ${"很长的名字 ".repeat(40)}`;

test("the list names exactly the charts that are exported, by the names of their functions", () => {
  const names = Object.keys(exported).filter((name) => name.endsWith("Plot"));
  expect(Object.keys(PLOTS).sort()).toEqual(names.sort());
  for (const [name, draw] of ALL) expect(draw.name).toBe(name);
});

describe.each(ALL)("%s", (_, draw, example) => {
  const variants = THEMES.flatMap((theme) => LOCALES.map((locale) => ({ theme, locale })));

  test.each(variants)("is a well-formed SVG with a title and a description: $theme, $locale", (options) => {
    const svg = draw(example, options);
    const root = readXml(svg);
    const { attributes, children } = root;
    expect(root.name).toBe("svg");
    expect(attributes).toMatchObject({ xmlns: "http://www.w3.org/2000/svg", role: "img" });
    expect(attributes.viewBox).toBe(`0 0 ${attributes.width} ${attributes.height}`);
    const [title, description] = children.filter((child) => typeof child === "object");
    expect([title.name, description.name]).toEqual(["title", "desc"]);
    expect(attributes["aria-labelledby"]).toBe(title.attributes.id);
    expect(attributes["aria-describedby"]).toBe(description.attributes.id);
    expect(textOf({ ...title, name: "text" })).not.toBe("");
    expect(textOf(description)).toMatch(/\d/u);
  });

  test.each(variants)("holds nothing that a strict page forbids: $theme, $locale", (options) => {
    const svg = draw(example, options);
    for (const { name, attributes } of nodesOf(readXml(svg))) {
      expect(ELEMENTS).toContain(name);
      for (const [key, value] of Object.entries(attributes)) {
        expect(key).not.toMatch(/^(?:style|on.*|href|xlink:.*)$/u);
        if (key !== "xmlns") expect(value).not.toMatch(/url\(|https?:|javascript:/u);
      }
    }
    expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/u);
    expect(svg.match(/aria-\w+/gu)).toHaveLength(2);
  });

  test.each(variants)("is the same every time, and small: $theme, $locale", (options) => {
    const svg = draw(example, options);
    expect(draw(example, options)).toBe(svg);
    expect(Buffer.byteLength(svg)).toBeLessThan(MOST_BYTES);
    for (const { attributes } of nodesOf(readXml(svg)))
      for (const [name, value] of Object.entries(attributes))
        if (!["y", "dy"].includes(name) || !value.endsWith("em"))
          expect(value, name).not.toMatch(/\d\.\d{3,}/u);
  });

  test("has the size that was asked for, and draws in narrow ones", () => {
    const { attributes } = readXml(draw(example, { width: 480, height: 300 }));
    expect([attributes.width, attributes.height]).toEqual(["480", "300"]);
    expect(readXml(draw(example, { width: 240 })).attributes.width).toBe("240");
  });

  test("of a page has no background and no title, and takes its colours from variables that pages define", () => {
    const svg = draw(example, { theme: "page", title: "A title that is not drawn" });
    expect(textsOf(svg)).not.toContain("A title that is not drawn");
    const colours = nodesOf(readXml(svg)).flatMap(({ attributes }) =>
      [attributes.fill, attributes.stroke].filter((colour) => colour !== undefined),
    );
    const defined = exported.plotVariables("dark");
    for (const colour of colours) {
      if (colour === "none" || colour === "white") continue;
      const [, name] = /^var\((--plot-[\w-]+),#[\da-f]{6}\)$/u.exec(colour) ?? [];
      expect(defined, colour).toContain(`${name}: #`);
    }
    const [background] = nodesOf(readXml(svg)).filter(({ name }) => name === "rect");
    expect(background?.attributes.width).not.toBe("640");
  });

  test("has another title in Chinese, and no Chinese in English", () => {
    const [english, chinese] = LOCALES.map((locale) => {
      const [title] = nodesOf(readXml(draw(example, { locale }))).filter(({ name }) => name === "title");
      return textOf({ ...title, name: "text" });
    });
    expect(english).not.toMatch(/\p{Script=Han}/u);
    expect(chinese).not.toBe(english);
  });

  test("takes another title, description and id", () => {
    const svg = draw(example, { title: "March <2025>", description: 'All "figures"', id: "march" });
    const [, title, description] = nodesOf(readXml(svg));
    expect(title).toEqual({ name: "title", attributes: { id: "march-title" }, children: ["March <2025>"] });
    expect(description).toMatchObject({ attributes: { id: "march-desc" }, children: ['All "figures"'] });
    expect(textsOf(svg)).toContain("March <2025>");
  });

  test.each(THEMES)("shows hostile names as text: %s", (theme) => {
    const svg = draw(withNames(example, HOSTILE), { theme, title: HOSTILE, description: HOSTILE });
    for (const { name } of nodesOf(readXml(svg))) expect(ELEMENTS).toContain(name);
    expect(svg).not.toMatch(/<script|\u202e/u);
    for (const text of textsOf(svg)) expect(text.length).toBeLessThan(120);
  });

  test("does not change what it is given", () => {
    const before = structuredClone(example);
    draw(example);
    expect(example).toEqual(before);
  });
});

test("pictures on one page have different ids", () => {
  const ids = ALL.map(([, draw, example]) => readXml(draw(example)).attributes["aria-labelledby"]);
  expect(new Set(ids).size).toBe(ids.length);
});

/** The same data with other names; words that mean something to holdfast stay. */
function withNames(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withNames(each, name));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => {
    const isName = typeof each === "string" && !["kind", "comparedWith", "time"].includes(key);
    return [key, isName ? `${name}${each}` : withNames(each, name)];
  });
  return Object.fromEntries(entries);
}
