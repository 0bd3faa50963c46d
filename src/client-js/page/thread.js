import { serve } from "./worcr.js";
import { handlers } from "./handlers.js";

/** The page's handlers in a thread of their own: `{ thread, ... }` in their results says where they ran. */
const served = Object.entries(handlers).map(([type, handler]) => [type, (job, ctx) => there(handler(job, ctx, (done, total) => ctx.progress("work", done, total)))]);

async function there(result) {
  return { ...(await result), thread: self.name };
}

serve(Object.fromEntries(served));
