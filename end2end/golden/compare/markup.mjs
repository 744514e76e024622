// HTML and SVG as lines, one per tag, attribute and text, so that a difference has a position.

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
/** Elements whose content is not markup. */
const RAW = new Set(['script', 'style']);
const TOKEN = /<!--[^]*?-->|<![^>]*>|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*)\s*(\/?)>|[^<]+|</g;
const ATTRIBUTE = /([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;
/** Number of enclosing elements that a path names. */
const DEPTH = 4;

/**
 * Returns `lines` and the `depths` of their elements. Lines are `PATH <tag>`, `PATH @attribute = value` and `PATH "text"`; the attributes
 * of a tag are sorted by name.
 */
export function markupLines(markup) {
  const [lines, depths, stack] = [[], [], []];
  const at = () => stack.slice(-DEPTH).map(({ label }) => label).join('>');
  const add = (...texts) => texts.forEach((text) => (lines.push(`${at()} ${text}`), depths.push(stack.length)));
  TOKEN.lastIndex = 0;
  for (let match; (match = TOKEN.exec(markup)); ) {
    const [token, closed, opened, attributes, selfClosed] = match;
    if (opened) {
      const list = attributesOf(attributes);
      stack.push({ name: opened, label: labelOf(opened, list) });
      add(`<${opened}>`, ...list.map(([name, value]) => `@${name} = ${value}`));
      if (RAW.has(opened) && !selfClosed) {
        const end = markup.indexOf(`</${opened}`, TOKEN.lastIndex);
        const text = markup.slice(TOKEN.lastIndex, end < 0 ? undefined : end);
        add(...text.split(/(?<=[;}])/).map((part) => JSON.stringify(part)));
        TOKEN.lastIndex = end < 0 ? markup.length : end;
      } else if (selfClosed || VOID.has(opened)) {
        stack.pop();
      }
    } else if (closed) {
      const from = stack.findLastIndex(({ name }) => name === closed);
      if (from >= 0) stack.length = from;
      else add(`</${closed}> without its beginning`);
    } else {
      add(token.startsWith('<!') ? token : JSON.stringify(token));
    }
  }
  return { lines, depths };
}

/** Number of lines after the one at `index` that belong to its element, if it is a tag. */
export function linesWithin({ lines, depths }, index) {
  if (!isTag(lines[index])) return 0;
  const rest = depths.slice(index + 1);
  const end = rest.findIndex((depth, n) => depth < depths[index] || (depth === depths[index] && isTag(lines[index + 1 + n])));
  return end < 0 ? rest.length : end;
}

const isTag = (line) => split(line)[1].startsWith('<') && !split(line)[1].startsWith('<!');

/** The path of a line of `markupLines`, with the attribute's name; differences are grouped by it. */
export function pathOf(line) {
  const [path, rest = ''] = split(line);
  const attribute = rest.match(/^@(\S+)/)?.[1];
  if (attribute) return `${path} @${attribute}`;
  if (rest.startsWith('<!')) return `${path} comment`;
  return rest.startsWith('<') ? `${path} element` : `${path} text`;
}

function split(line) {
  const at = line.indexOf(' ');
  return [line.slice(0, at), line.slice(at + 1)];
}

function attributesOf(text) {
  const list = [...text.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) => [name, double ?? single ?? bare ?? '']);
  return list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** An element's name and the first word of its class. */
function labelOf(name, attributes) {
  const word = attributes.find(([own]) => own === 'class')?.[1].trim().split(/\s+/)[0];
  return word ? `${name}.${word}` : name;
}
