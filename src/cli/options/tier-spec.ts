import { invalidArgument } from "../../errors.js";
import type { TierRule } from "../../tiers/tier-rule.js";

const LIMIT = /^(.+?)\s*>=\s*([0-9.eE+-]+)$/u;
const SHARE = /^(.+?)\s*=\s*([0-9.]+)\s*%$/u;
const TOP = /^(.+?)\s*=\s*([0-9]+)$/u;
const AUTO = /^auto(?:\s*[:：]\s*([0-9]+))?$/u;
const LOSS = /^loss\s*[:：](.*)$/u;

export const TIER_SPEC_HELP =
  'risk tiers, the highest first: "high=10%,medium=20%,low", "call=500,rest", "high>=0.6,low", "loss:call>=200,rest" (probability × value) or "auto" ("auto:3": at most three)';

/**
 * Reads `--tiers`: `name=10%` (share), `name=500` (so many subscribers), `name>=0.6` (probability) or, after `loss:`,
 * `name>=200` (expected loss in money), the last tier by its name alone; or `auto`, `auto:3` (at most three tiers).
 * @throws HoldfastError when it is none of these or mixes them with limits.
 */
export function parseTierSpec(text: string): TierRule {
  const auto = AUTO.exec(text.trim());
  if (auto) return { by: "auto", ...(auto[1] === undefined ? {} : { max: Number(auto[1]) }) };
  const loss = LOSS.exec(text.trim());
  const parts = (loss ? loss[1] : text).split(/[,，]/u).map((part) => part.trim());
  const last = parts.pop() ?? "";
  if (parts.length === 0 || last === "" || /[=%]/u.test(last)) refuse(text);
  if (parts.every((part) => LIMIT.test(part))) {
    const limits = parts.map((part) => {
      const [, name, from] = LIMIT.exec(part) as RegExpExecArray;
      return { name, from: Number(from) };
    });
    return { by: loss ? "expectedLoss" : "probability", tiers: [...limits, { name: last, from: 0 }] };
  }
  if (loss) refuse(text, "loss: takes limits in money, as in loss:call>=200,rest");
  const tiers = parts.map((part) => {
    const share = SHARE.exec(part);
    if (share) return { name: share[1], share: Number(share[2]) / 100 };
    const top = LIMIT.test(part) ? null : TOP.exec(part);
    return top ? { name: top[1], top: Number(top[2]) } : refuse(text);
  });
  return { by: "capacity", tiers: [...tiers, { name: last }] };
}

function refuse(text: string, hint?: string): never {
  return invalidArgument(
    "holdfast train",
    "--tiers",
    "must read like high=10%,medium=20%,low or high>=0.6,low or loss:call>=200,rest or auto",
    text,
    hint,
  );
}
