import type { LeaseBook } from "./lease-book.js";
import type { Session } from "./session.js";
import type { WaitingRoom } from "./waiting-room.js";

/** How long a worker takes to leave. */
export interface DepartureTimes {
  /** How long running handlers may finish. */
  timeout: number;
  /** How long they may give their jobs back after that. */
  grace: number;
}

/** How long the last reports may take to be acknowledged. */
const LAST_WORDS = 5_000;

/**
 * Leaves in order: take nothing more, give back what waits, let handlers finish, then interrupt them, then see the last
 * reports acknowledged, then close.
 * @internal
 */
export async function depart(session: Session, book: LeaseBook, room: WaitingRoom, times: DepartureTimes): Promise<void> {
  const { link, pool } = session;
  const idle = () => pool.running === 0;
  session.leaving = true;
  if (link.up) link.send("Drain");
  session.refuse();
  if (!(await room.until(idle, times.timeout))) {
    book.abortRunning("interrupt");
    await room.until(idle, times.grace);
  }
  session.telemetry.flush();
  await room.until(() => allAcknowledged(session, book), LAST_WORDS);
  await session.leave();
}

function allAcknowledged(session: Session, book: LeaseBook): boolean {
  return session.pool.settling === 0 && book.unacknowledged() === 0;
}
