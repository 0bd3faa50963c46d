type Task = () => void;

const immediate = (globalThis as { setImmediate?: (run: Task) => unknown }).setImmediate;

/**
 * Runs a task when this turn of the event loop, with all its microtasks, is over: `setImmediate` in Node, a message to
 * ourselves in a browser, where timers would be held back for 4 ms or, in a hidden tab, for a second.
 * @internal
 */
export const soon: (task: Task) => void = immediate === undefined ? overChannel() : (task) => void immediate(task);

function overChannel(): (task: Task) => void {
  const channel = new MessageChannel();
  const tasks: Task[] = [];
  channel.port1.onmessage = () => tasks.shift()?.();
  return (task) => {
    tasks.push(task);
    channel.port2.postMessage(null);
  };
}
