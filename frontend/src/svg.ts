// SVG elements without any inline style: the content security policy forbids it, and CSS decides the looks.

const NS = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K, attributes: Record<string, string | number>, children: (Node | string)[] = [],
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** The data that the server put on an island's element. */
export function dataOf<T>(host: HTMLElement): T {
  return JSON.parse(host.dataset["json"] ?? "null") as T;
}

/** Width of a label in pixels, by the kind of its letters: Hangul is as wide as high. */
export function textWidth(text: string, size: number): number {
  let units = 0;
  for (const letter of text) units += /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]/.test(letter) ? 0.94 : /[A-Z]/.test(letter) ? 0.66 : 0.53;
  return units * size + 2;
}
