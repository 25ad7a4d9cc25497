// The page counts UTF-16 units, the records code points. Every piece of text says where it starts (`data-start`).

/** Code points in the first `units` UTF-16 units of a text. */
export function codePoints(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}

/** The code point offset of a place in the article, or null if the place is outside of it. */
export function offsetOf(node: Node, units: number): number | null {
  if (node.nodeType !== Node.TEXT_NODE) return edgeOf(node, units);
  const piece = node.parentElement?.closest<HTMLElement>("[data-start]");
  if (!piece) return null;
  let before = 0;
  const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text && text !== node; text = walker.nextNode()) before += codePoints(text.nodeValue ?? "", Infinity);
  return Number(piece.dataset["start"]) + before + codePoints(node.nodeValue ?? "", units);
}

/** A selection may end on an element (a double click, a triple click): take the text at that edge. */
function edgeOf(node: Node, index: number): number | null {
  const next = node.childNodes[index];
  const walk = (from: Node, last: boolean): Node | null => {
    const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
    let found: Node | null = walker.nextNode();
    if (last) for (let text = found; text; text = walker.nextNode()) found = text;
    return found;
  };
  if (next) {
    const text = next.nodeType === Node.TEXT_NODE ? next : walk(next, false);
    return text ? offsetOf(text, 0) : null;
  }
  const text = walk(node, true);
  return text ? offsetOf(text, (text.nodeValue ?? "").length) : null;
}
