import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SOURCE = fileURLToPath(new URL("../../../src", import.meta.url));

/** A text of the library that may reach a user. */
export interface SourceText {
  readonly where: string;
  readonly text: string;
}

/** An option that a text of the library mentions, as errors show it: `` `resume: true` ``. */
export interface Mention {
  readonly where: string;
  readonly name: string;
  readonly mention: string;
}

/** All texts in the library's code (not comments), and all options that they mention by `optionText` or in backticks. */
export function textsOfLibrary(): { texts: SourceText[]; mentions: Mention[] } {
  const texts: SourceText[] = [];
  const mentions: Mention[] = [];
  for (const file of readdirSync(SOURCE, { recursive: true }) as string[]) {
    if (!file.endsWith(".ts") || file.startsWith("cli") || file.startsWith(join("kernel", "assembly")))
      continue;
    const path = join(SOURCE, file);
    const parsed = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
      const where = `${relative(SOURCE, path)}:${parsed.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (
        ts.isStringLiteralLike(node) ||
        ts.isTemplateHead(node) ||
        ts.isTemplateMiddleOrTemplateTail(node)
      ) {
        texts.push({ where, text: node.text });
        for (const [mention, name] of node.text.matchAll(/`([A-Za-z][\w.]*)(?:: [^`]*)?`/gu))
          mentions.push({ where, name, mention });
      }
      if (ts.isCallExpression(node) && node.expression.getText() === "optionText") {
        const [name, value] = node.arguments;
        if (!ts.isStringLiteral(name)) throw new Error(`${where}: the name must be a literal`);
        mentions.push({ where, name: name.text, mention: `\`${name.text}: ${exampleOf(value)}\`` });
      }
      ts.forEachChild(node, visit);
    };
    visit(parsed);
  }
  return { texts, mentions };
}

/** JSON of an expression, with `"x"` for what is known only at run time. */
function exampleOf(node: ts.Expression): string {
  if (/^(true|false|\d+|"[^"]*")$/u.test(node.getText())) return node.getText();
  if (ts.isArrayLiteralExpression(node)) return '["x"]';
  if (ts.isObjectLiteralExpression(node)) return '{"x":"y"}';
  return '"x"';
}
