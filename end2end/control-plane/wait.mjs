/**
 * Polls `condition` until it returns a truthy value, and resolves to that value. An exception counts as "not yet"; the last error is part
 * of the message after `ms`. An error with `fatal: true` ends the wait at once.
 */
export async function waitFor(condition, what, ms = 30_000, { everyMs = 50 } = {}) {
  const deadline = Date.now() + ms;
  let last;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      last = undefined;
    } catch (error) {
      if (error.fatal) throw error;
      last = error;
    }
    if (Date.now() >= deadline) {
      throw new Error(`waited ${Math.round(ms / 1000)} s in vain for ${what}${last ? `: ${last.message}` : ''}`, { cause: last });
    }
    await new Promise((wake) => setTimeout(wake, everyMs));
  }
}
