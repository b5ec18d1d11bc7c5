import { closeAccount, recordManager } from "./accounts/account.js";
import { recordSubscriber } from "./departure/departures.js";
import { beginMonth, finishMonth, type GroupLife, newGroupLife } from "./life/group-life.js";
import { groupSequence } from "./life/group-sequence.js";
import {
  createFactLog,
  type FactLog,
  finishFactLog,
  type IdForm,
  type OperatorTables,
} from "./output/fact-log.js";
import { recordMarket } from "./output/record-market.js";
import { BURN_IN, type OperatorPlan } from "./plan.js";
import { createWorld } from "./world.js";

/** The history of a block of successive subscribers. */
export interface OperatorBlock {
  readonly tables: OperatorTables;
  /** Number of subscribers in this block and all before it. */
  readonly done: number;
}

/**
 * Simulates an operator and yields its history in blocks of whole groups, each of at least `blockSize` subscribers except
 * the last. All blocks together have the same rows for any block size. What concerns all subscribers is in the first.
 */
export function* operatorBlocks(
  plan: OperatorPlan,
  blockSize: number,
  ids: IdForm = "texts",
): Generator<OperatorBlock, void, undefined> {
  const world = createWorld(plan);
  let log = createFactLog();
  recordMarket(world, log);
  let blockStart = 0;
  for (const group of groupSequence(plan.subscribers, plan.seed)) {
    const life = newGroupLife(group, world);
    for (let month = plan.firstMonth - BURN_IN; month < plan.endMonth; month++) {
      beginMonth(life, month, world);
      finishMonth(life, month, world, log);
    }
    recordThoseWhoStayed(life, log);
    const done = Math.min(plan.subscribers, group.firstMember + group.size);
    if (done - blockStart < blockSize && done < plan.subscribers) continue;
    yield { tables: finishFactLog(log, plan.isDaily, ids), done };
    log = createFactLog();
    blockStart = done;
  }
}

function recordThoseWhoStayed({ group, members, account }: GroupLife, log: FactLog): void {
  const recorded = members.filter(({ isRecorded }) => isRecorded);
  for (const member of recorded) {
    if (member.departureMonth === undefined) recordSubscriber(member, group, Number.NaN, null, log);
  }
  if (account === undefined) return;
  if (Number.isNaN(account.since)) return;
  const isStaying = recorded.some(({ departureMonth }) => departureMonth === undefined);
  if (isStaying) recordManager(account, group, Number.NaN, log);
  else closeAccount(account, group, recorded, log);
}
