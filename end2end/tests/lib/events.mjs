// Reads a stream of server-sent events with fetch.

/** Opens `/api/v1/events`; `next` resolves to the next event, to null at the end. */
export async function openEvents(url, { query = '', headers = {} } = {}) {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/v1/events${query}`, { headers, signal: abort.signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async () => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const event = parse(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) return event;
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += value;
    }
  };
  /** The next event of this name; others are skipped. */
  const nextOf = async (name) => {
    for (let event = await next(); event; event = await next()) if (event.event === name) return event;
    return null;
  };
  return { response, next, nextOf, close: () => abort.abort() };
}

/** An event with its data decoded; undefined for comments and for `retry` alone. */
function parse(block) {
  const lines = block.split('\n').filter((line) => line && !line.startsWith(':'));
  const fields = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  return fields.data === undefined ? undefined : { ...fields, data: JSON.parse(fields.data) };
}
