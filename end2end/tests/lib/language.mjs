// Reads the texts of a page, and finds those in another language than the page's.

/** Parts that quote a cluster, a program or a command: names, YAML, rules, the syntax of filters, and the link to the other language. */
const QUOTED = ['code', 'pre.by-hand', '.yaml', '.examples', 'script', 'style', 'kbd', 'a.language'];

/** Quotations within a text: rules in YAML, the kubelet's messages about a Pod, and those of the HTTP library. */
const QUOTES = [/\{apiGroups.*?\]\}/g, /ContainersNot(?:Ready|….*).*/g, /connection closed before message completed/g];

/** Terms of several words that Chinese readers write in English. */
const TERMS = ['API server', 'Cluster IP', 'Node IP', 'Pod IP', 'connection refused'];

/** Verbs of the Kubernetes API. */
const VERBS = ['get', 'list', 'watch'];

/**
 * All texts that a reader sees or hears on the page, each once, with its element: visible texts, names for screen readers, titles,
 * placeholders, and completions of a field. Elements that match a selector of `without` are skipped.
 */
export const texts = (page, without) => page.evaluate((without) => {
  const found = new Map();
  const say = (text, element) => {
    const said = text?.replace(/\s+/g, ' ').trim();
    if (!said || element.closest(without)) return;
    const { className } = element;
    found.set(said, `${element.localName}.${className.baseVal ?? className}`);
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.checkVisibility({ visibilityProperty: true }) || element.localName === 'title') say(walker.currentNode.data, element);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], option, [data-label]')) {
    if (element.localName !== 'option' && !element.checkVisibility()) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'label', 'data-label']) say(element.getAttribute(name), element);
  }
  return [...found];
}, without.join(', '));

/** The words of a text; a mark replaces names of a cluster's objects and everything that is not a word: addresses, paths, numbers, punctuation. */
const words = (text, names) => text
  .split(/\s+/)
  .flatMap((word) => word.split(/(?<=[^\x00-\x7f])|(?=[^\x00-\x7f])|(?<=[("'`[])|(?=[)"'`\],.:;]+$)/))
  .map((word) => (/[^A-Za-z]/.test(word) || VERBS.includes(word) || names.has(word) ? '|' : word));

/** Runs of two or more English words in a text of a Chinese page. */
export function english(text, names) {
  const rest = [...QUOTES, ...TERMS].reduce((rest, term) => rest.replaceAll(term, '|'), text);
  return words(rest, names).join(' ').match(/[A-Za-z]+(?: [A-Za-z]+)+/g) ?? [];
}

/** The texts of the page in another language than `language`, as lines: the element, and the text. */
export async function foreign(page, language, names) {
  const said = await texts(page, QUOTED);
  const wrong = language === 'zh' ? (text) => english(text, names).length : (text) => /\p{Script=Han}/u.test(text);
  return said.filter(([text]) => wrong(text)).map(([text, element]) => `${element}: ${text}`);
}

/** The texts of a document, given as a list, that are in another language than `language`. */
export function foreignTexts(all, language, names) {
  const wrong = language === 'zh' ? (text) => english(text, names).length : (text) => /\p{Script=Han}/u.test(text);
  return all.filter(wrong);
}
