import { recordSubscriber } from "./departure/departures.js";
import { drawDealers } from "./life/dealers.js";
import { liveGroupMonth, newGroupLife } from "./life/group-life.js";
import { groupSequence } from "./life/group-sequence.js";
import { createNetwork } from "./life/network.js";
import { createFactLog, type FactLog, finishFactLog, type OperatorTables } from "./output/fact-log.js";
import { BURN_IN, type OperatorPlan } from "./plan.js";

/** The history of a block of successive subscribers. */
export interface OperatorBlock {
  readonly tables: OperatorTables;
  /** Number of subscribers in this block and all before it. */
  readonly done: number;
}

/**
 * Simulates an operator and yields its history in blocks of whole groups, each of at least `blockSize` subscribers except
 * the last. All blocks together have the same rows for any block size.
 */
export function* operatorBlocks(
  plan: OperatorPlan,
  blockSize: number,
): Generator<OperatorBlock, void, undefined> {
  const dealers = drawDealers(plan.seed);
  const network = createNetwork(plan.seed);
  let log = createFactLog();
  let blockStart = 0;
  for (const group of groupSequence(plan.subscribers, plan.seed)) {
    const life = newGroupLife(group, dealers, plan);
    for (let month = plan.firstMonth - BURN_IN; month < plan.endMonth; month++) {
      liveGroupMonth(life, month, { plan, network, log });
    }
    recordThoseWhoStayed(life, log);
    const done = Math.min(plan.subscribers, group.firstMember + group.size);
    if (done - blockStart < blockSize && done < plan.subscribers) continue;
    yield { tables: finishFactLog(log), done };
    log = createFactLog();
    blockStart = done;
  }
}

function recordThoseWhoStayed({ group, members }: ReturnType<typeof newGroupLife>, log: FactLog): void {
  for (const member of members) {
    if (!member.isRecorded || member.departureMonth !== undefined) continue;
    recordSubscriber(member, group, Number.NaN, null, log);
  }
}
