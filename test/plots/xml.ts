/** An element of a picture. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Node | string)[];
}

const TOKEN =
  /<(?<close>\/)?(?<name>[A-Za-z][\w:-]*)(?<attributes>(?:\s+[A-Za-z_:][\w:.-]*="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)/uy;
const ENTITY = /&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
};
/** What XML 1.0 cannot hold, besides line ends and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

/** Reads a picture as a parser of XML does that forgives nothing: of what is not well-formed it throws. */
export function readXml(text: string): Node {
  if (NOT_XML.test(text)) throw new Error("a character that XML cannot hold");
  const root: { children: (Node | string)[] } = { children: [] };
  const open: { name: string; children: (Node | string)[] }[] = [{ name: "", children: root.children }];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new Error(`not well-formed at ${text.slice(at, at + 60)}`);
    const inside = open[open.length - 1];
    if (groups.text !== undefined) inside.children.push(decoded(groups.text));
    else if (groups.close !== undefined) {
      if (inside.name !== groups.name) throw new Error(`</${groups.name}> ends <${inside.name}>`);
      open.pop();
    } else {
      const node = { name: groups.name, attributes: attributesOf(groups.attributes), children: [] };
      inside.children.push(node);
      if (groups.empty === undefined) open.push(node);
    }
  }
  if (open.length > 1) throw new Error(`<${open[open.length - 1].name}> has no end`);
  const [only, ...others] = root.children;
  if (typeof only !== "object" || others.length > 0) throw new Error("not one root element");
  return only;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/([\w:.-]+)="([^"]*)"/gu)) {
    if (Object.hasOwn(attributes, name)) throw new Error(`two attributes ${name}`);
    attributes[name] = decoded(value);
  }
  return attributes;
}

function decoded(text: string): string {
  if (text.replace(ENTITY, "").includes("&")) throw new Error(`a bare & in ${text}`);
  return text.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity);
}

/** All elements, the outermost first. */
export function nodesOf(node: Node): Node[] {
  return [node, ...node.children.flatMap((child) => (typeof child === "string" ? [] : nodesOf(child)))];
}

/** The text in an element, without that of tooltips. */
export function textOf(node: Node): string {
  return node.children
    .map((child) => (typeof child === "string" ? child : child.name === "title" ? "" : textOf(child)))
    .join("");
}

/** What an element says when it is pointed at. */
export function tipOf(node: Node): string | undefined {
  const title = node.children.find((child) => typeof child === "object" && child.name === "title");
  return title === undefined ? undefined : textOf(title as Node);
}

/** Elements of a name, with what they say when they are pointed at. */
export function elementsOf(svg: string, name: string): Node[] {
  return nodesOf(readXml(svg)).filter((node) => node.name === name);
}

/** All texts that are drawn. */
export function textsOf(svg: string): string[] {
  return elementsOf(svg, "text").map(textOf);
}

/** Where a text is put, by its `transform`. */
export function placeOf(svg: string, text: string): { x: number; y: number } {
  const found = elementsOf(svg, "text").filter(
    (node) => textOf(node) === text && node.attributes.transform !== undefined,
  );
  if (found.length !== 1) throw new Error(`${found.length} texts "${text}"`);
  return translation(found[0].attributes.transform);
}

/** The numbers of `translate(x,y)`. */
export function translation(transform: string): { x: number; y: number } {
  const [, x, y] = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/u.exec(transform) ?? [];
  return { x: Number(x), y: Number(y) };
}

/** The scale of an axis: from values to pixels, by two of its ticks. */
export function scaleBy(
  svg: string,
  axis: "x" | "y",
  ...[[one, first], [other, second]]: readonly (readonly [string, number])[]
): (value: number) => number {
  const [a, b] = [placeOf(svg, one)[axis], placeOf(svg, other)[axis]];
  return (value) => a + ((value - first) / (second - first)) * (b - a);
}

/** The points of a path of straight lines, absolute or relative. */
export function pointsOf(path: string): { x: number; y: number }[] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MLHVlhvz])([^MLHVlhvz]*)/gu)].flatMap(([, command, text]) => {
    const numbers = (text.match(/-?(?:\d+\.?\d*|\.\d+)/gu) ?? []).map(Number);
    if (command === "z") return [];
    if (command === "M" || command === "L") [x, y] = numbers;
    if (command === "l") [x, y] = [x + numbers[0], y + numbers[1]];
    if (command === "h") x += numbers[0];
    if (command === "v") y += numbers[0];
    if (command === "H") [x] = numbers;
    if (command === "V") [y] = numbers;
    return [{ x, y }];
  });
}
