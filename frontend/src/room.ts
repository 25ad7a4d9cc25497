// The page changes by fetching the same address and swapping its main part; every state stays an address.

type Boot = (root: ParentNode) => void;
let boot: Boot = () => undefined;
let turn = 0;

export function onSwap(run: Boot): void {
  boot = run;
}

/** Go to an address of this page: only the main part is fetched. Falls back to a full load. */
export async function go(address: string, push = true): Promise<void> {
  const mine = ++turn;
  document.documentElement.dataset["ready"] = "no";
  let answer: Response;
  try {
    answer = await fetch(address, { headers: { "X-Sacho-Part": "main" } });
  } catch {
    location.assign(address);
    return;
  }
  if (!answer.ok || answer.redirected) {
    location.assign(address);
    return;
  }
  const text = await answer.text();
  if (mine !== turn) return;
  const main = document.querySelector("main")!;
  const made = new DOMParser().parseFromString(text, "text/html");
  const focus = focusKey();
  main.replaceChildren(...made.body.childNodes);
  const title = main.querySelector<HTMLElement>("[data-title]")?.dataset["title"];
  if (title) document.title = title;
  if (push) history.pushState({ swap: true }, "", address);
  boot(main);
  restore(focus);
  relink(address);
}

export function startRoom(): void {
  history.replaceState({ swap: true }, "");
  addEventListener("popstate", (event) => {
    if ((event.state as { swap?: boolean } | null)?.swap) void go(location.pathname + location.search, false);
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>("a[data-swap]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void go(link.getAttribute("href") ?? "");
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.dataset["swap"] === undefined || form.method !== "get") return;
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [key, value] of new FormData(form)) if (typeof value === "string" && value !== "") query.append(key, value);
    void go(`${form.getAttribute("action") ?? location.pathname}?${query}`);
  });
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLElement;
    if (field.dataset["send"] !== undefined) (field as HTMLInputElement).form?.requestSubmit();
  });
}

/** The language links and the JSON twin follow the address. */
function relink(address: string): void {
  const [path, query = ""] = address.split("?");
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-lang]")) {
    const made = new URLSearchParams(query);
    made.set("lang", link.dataset["lang"] ?? "");
    link.href = `${path}?${made}`;
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-twin]")) link.href = `${path}.json${query ? `?${query}` : ""}`;
}

function focusKey(): string {
  const at = document.activeElement;
  return at instanceof HTMLElement ? at.dataset["focus"] ?? at.id : "";
}

function restore(key: string): void {
  if (!key) return;
  const found = [...document.querySelectorAll<HTMLElement>("[data-focus], [id]")].find((item) => item.dataset["focus"] === key || item.id === key);
  found?.focus({ preventScroll: true });
}

/** A short message in the corner, told to screen readers too; `undo` adds a button. */
export function tell(message: string, undo?: { label: string; run: () => void }): void {
  document.querySelector(".toast")?.remove();
  const box = document.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "status");
  box.append(message);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = undo.label;
    button.addEventListener("click", () => { box.remove(); undo.run(); });
    box.append(button);
  }
  document.body.append(box);
  setTimeout(() => box.remove(), 9000);
}
