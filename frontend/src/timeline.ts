// Bars of events over time; a drag over them is a filter of the whole page. Uncertain dates are drawn as ranges.

import { axisBottom } from "d3-axis";
import { brushX } from "d3-brush";
import { scaleLinear, scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { go } from "./room.ts";
import { begin, next, snap, type Grain } from "./periods.ts";
import { dataOf, svg } from "./svg.ts";

interface Timeline {
  grain: Grain;
  bars: { key: string; events: number; conflicts: number }[];
  ranges: { id: string; since: string; until: string; label: string; label_en: string }[];
}

const HEIGHT = 92;
const ROW = 5;
const MOST_ROWS = 8;
const EDGE = 24; // half of the widest label: nearer to an end it would be cut

export function timeline(host: HTMLElement): void {
  const data = dataOf<Timeline>(host);
  if (!data || data.bars.length === 0) return;
  const width = Math.max(320, host.clientWidth);
  const first = begin(data.bars[0]!.key);
  const last = next(begin(data.bars[data.bars.length - 1]!.key), data.grain);
  const x = scaleUtc().domain([first, last]).range([6, width - 6]);
  const rows = lay(data, x);
  const ground = HEIGHT + (rows.length ? Math.min(MOST_ROWS, rowsOf(rows)) * ROW + 6 : 0);
  const y = scaleLinear().domain([0, Math.max(...data.bars.map((bar) => bar.events))]).range([HEIGHT, 8]);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${ground + 22}`, height: ground + 22, width, role: "img", "aria-label": host.dataset["label"] ?? "" });
  for (const bar of data.bars) picture.append(...column(bar, data.grain, x, y));
  for (const row of rows) picture.append(svg("line", { class: "range", x1: row.x1, x2: row.x2, y1: HEIGHT + 5 + row.row * ROW, y2: HEIGHT + 5 + row.row * ROW }, [svg("title", {}, [row.label])]));
  const axis = svg("g", { class: "axis", transform: `translate(0 ${ground})` });
  select<SVGGElement, unknown>(axis).call(axisBottom(x).ticks(Math.max(3, Math.round(width / 110))).tickSizeOuter(0).tickFormat((day) => name(day as Date)));
  select<SVGGElement, unknown>(axis).selectAll<SVGTextElement, Date>(".tick text").attr("text-anchor", (day) => (x(day) < EDGE ? "start" : x(day) > width - EDGE ? "end" : "middle"));
  picture.append(axis);
  host.replaceChildren(picture);
  dragging(picture, x, width, ground, data.grain, host.dataset["href"] ?? "");
}

/** Ticks without words: the same in both languages. */
function name(day: Date): string {
  const text = day.toISOString();
  if (text.slice(5, 10) === "01-01") return text.slice(0, 4);
  return text.slice(8, 10) === "01" ? text.slice(0, 7) : text.slice(5, 10);
}

function column(bar: Timeline["bars"][number], grain: Grain, x: (d: Date) => number, y: (n: number) => number): Node[] {
  const left = x(begin(bar.key));
  const wide = Math.max(1, x(next(begin(bar.key), grain)) - left - 1);
  const title = `${bar.key}: ${bar.events}${bar.conflicts ? ` (≠ ${bar.conflicts})` : ""}`;
  const shapes: Node[] = [svg("rect", { class: "bar-all", x: left, y: y(bar.events), width: wide, height: Math.max(0, y(0) - y(bar.events)) }, [svg("title", {}, [title])])];
  if (bar.conflicts) shapes.push(svg("rect", { class: "bar-conflict", x: left, y: y(bar.conflicts), width: wide, height: Math.max(2, y(0) - y(bar.conflicts)) }));
  return shapes;
}

interface Laid { x1: number; x2: number; row: number; label: string }

/** Ranges in as few rows as they need; more than fit are left to the table. */
function lay(data: Timeline, x: (d: Date) => number): Laid[] {
  const ends: number[] = [];
  const laid: Laid[] = [];
  for (const range of data.ranges) {
    const x1 = x(begin(range.since));
    const x2 = Math.max(x1 + 3, x(next(begin(range.until), "day")));
    let row = ends.findIndex((end) => end + 3 < x1);
    if (row < 0) row = ends.length;
    if (row >= MOST_ROWS) continue;
    ends[row] = x2;
    laid.push({ x1, x2, row, label: document.documentElement.lang === "en" ? range.label_en : range.label });
  }
  return laid;
}

const rowsOf = (rows: Laid[]): number => Math.max(...rows.map((row) => row.row)) + 1;

function dragging(picture: SVGSVGElement, x: { invert: (n: number) => Date }, width: number, ground: number, grain: Grain, href: string): void {
  const layer = svg("g", { class: "brush" });
  picture.append(layer);
  const brush = brushX<unknown>().extent([[6, 0], [width - 6, ground]]).on("end", (event: { selection: [number, number] | null; sourceEvent: unknown }) => {
    if (!event.selection || !event.sourceEvent) return;
    const [since, until] = snap(x.invert(event.selection[0]), x.invert(event.selection[1]), grain);
    const target = new URL(href, location.href);
    target.searchParams.set("since", since);
    target.searchParams.set("until", until);
    void go(target.pathname + target.search);
  });
  select(layer).call(brush);
  layer.removeAttribute("style");
}
