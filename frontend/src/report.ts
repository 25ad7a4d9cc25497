// Words and records, both ways: what is pointed at, focused or walked to on one side lights up on the other.

import { listen } from "./keys.ts";

export function report(host: HTMLElement): void {
  const records = [...host.querySelectorAll<HTMLElement>("[data-claims]")].filter((item) => !item.closest(".text"));
  for (const kind of ["pointerover", "focusin"] as const) host.addEventListener(kind, (event) => light(host, event.target as Element, kind === "focusin"));
  host.addEventListener("pointerleave", () => dim(host));
  host.addEventListener("click", (event) => {
    const word = (event.target as Element).closest<HTMLElement>(".text [data-claims]");
    if (word && getSelection()?.isCollapsed !== false) toRecord(host, word);
  });
  host.addEventListener("change", (event) => show(host, event.target as HTMLInputElement));
  listen({
    KeyJ: () => walk(host, records, 1), KeyK: () => walk(host, records, -1),
    KeyV: () => toggle(host, "spelling"), KeyG: () => toggle(host, "gloss"),
  }, host);
  openAddress(host);
}

function light(host: HTMLElement, from: Element, scroll: boolean): void {
  const item = from.closest<HTMLElement>("[data-claims]");
  if (!item) return;
  const wanted = new Set((item.dataset["claims"] ?? "").split(" "));
  let first: HTMLElement | undefined;
  for (const other of host.querySelectorAll<HTMLElement>("[data-claims]")) {
    const lit = (other.dataset["claims"] ?? "").split(" ").some((id) => wanted.has(id));
    other.classList.toggle("lit", lit);
    if (lit && !first && !!other.closest(".text") !== !!item.closest(".text")) first = other;
  }
  if (scroll) first?.scrollIntoView({ block: "nearest" });
}

function dim(host: HTMLElement): void {
  for (const item of host.querySelectorAll(".lit")) item.classList.remove("lit");
}

function toRecord(host: HTMLElement, word: HTMLElement): void {
  const wanted = (word.dataset["claims"] ?? "").split(" ");
  const found = [...host.querySelectorAll<HTMLElement>(".claim[data-claims]")].filter((item) => wanted.includes(item.dataset["claims"] ?? ""));
  const at = found.indexOf(document.activeElement as HTMLElement);
  const record = found[(at + 1) % found.length];
  if (!record) return;
  record.closest("details")?.setAttribute("open", "");
  record.focus();
  history.replaceState(history.state, "", `#${record.id}`);
}

function walk(host: HTMLElement, records: HTMLElement[], step: number): void {
  const shown = records.filter((item) => item.classList.contains("claim"));
  if (shown.length === 0) return;
  const at = shown.indexOf(document.activeElement as HTMLElement);
  const record = shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length]!;
  record.closest("details")?.setAttribute("open", "");
  record.focus();
  light(host, record, true);
  history.replaceState(history.state, "", `#${record.id}`);
}

function toggle(host: HTMLElement, name: string): void {
  const box = host.querySelector<HTMLInputElement>(`input[data-toggle="${name}"]`);
  if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
}

/** What is shown in the text beside its words; the address says so, too. */
function show(host: HTMLElement, box: HTMLInputElement): void {
  const name = box.dataset["toggle"];
  if (!name) return;
  host.querySelector(".text")?.classList.toggle(`shows-${name}`, box.checked);
  const address = new URL(location.href);
  const others = address.searchParams.getAll("show").filter((other) => other !== name);
  address.searchParams.delete("show");
  for (const other of box.checked ? [...others, name] : others) address.searchParams.append("show", other);
  history.replaceState(history.state, "", address);
}

/** `#c-…` in the address is a record; it is opened and lit. */
function openAddress(host: HTMLElement): void {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  const record = document.getElementById(id);
  if (!record || !host.contains(record)) return;
  record.closest("details")?.setAttribute("open", "");
  record.focus();
  light(host, record, true);
}
