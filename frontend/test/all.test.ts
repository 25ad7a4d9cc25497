import assert from "node:assert/strict";
import { test } from "node:test";
import { Fallback, counts, type Press } from "../src/keys.ts";
import { placeLabels, type Box } from "../src/labels.ts";
import { codePoints } from "../src/offsets.ts";
import { snap } from "../src/periods.ts";

const press = (made: Partial<Press>): Press => ({ code: "KeyJ", ctrlKey: false, metaKey: false, altKey: false, isComposing: false, inField: false, ...made });

test("a key counts by its position, not in fields, compositions or with modifiers", () => {
  assert.ok(counts(press({})));
  for (const made of [{ inField: true }, { isComposing: true }, { ctrlKey: true }, { metaKey: true }, { altKey: true }, { code: "" }]) assert.ok(!counts(press(made)), JSON.stringify(made));
});

test("keyup acts only if the keydown was swallowed", () => {
  const seen = new Fallback(0);
  assert.ok(seen.down(press({})));
  assert.ok(!seen.up(press({}), 1000), "keydown acted already");
  assert.ok(seen.up(press({}), 1000), "no keydown came");
  assert.ok(!seen.down(press({ code: "" })), "the input method gave no position");
  assert.ok(seen.up(press({}), 1000), "so the keyup acts");
});

test("the keyup of a key that went down on the page before does nothing", () => {
  assert.ok(!new Fallback(0).up(press({}), 200));
});

test("a key that went down in a field does nothing when it comes up outside", () => {
  const seen = new Fallback(0);
  seen.down(press({ inField: true }));
  assert.ok(!seen.up(press({}), 1000));
});

test("labels never cover one another or leave the frame", () => {
  const frame: Box = { left: 0, top: 0, right: 400, bottom: 300 };
  const spots = Array.from({ length: 60 }, (_, i) => ({ x: 40 + ((i * 53) % 320), y: 20 + ((i * 31) % 260), radius: 4, width: 60, height: 15, weight: i }));
  const boxes = placeLabels(spots, frame).flatMap((at, i) => (at ? [{ left: at[0], top: at[1], right: at[0] + 60, bottom: at[1] + 15, i }] : []));
  assert.ok(boxes.length >= 15, String(boxes.length));
  for (const a of boxes) {
    assert.ok(a.left >= 0 && a.right <= 400 && a.top >= 0 && a.bottom <= 300);
    for (const b of boxes) assert.ok(a.i === b.i || a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom, `${a.i} covers ${b.i}`);
  }
});

test("the greater of two points at one place keeps its label", () => {
  const frame: Box = { left: 0, top: 0, right: 90, bottom: 20 };
  const [small, great] = placeLabels([{ x: 10, y: 10, radius: 3, width: 70, height: 15, weight: 1 }, { x: 10, y: 10, radius: 3, width: 70, height: 15, weight: 9 }], frame);
  assert.equal(small, null);
  assert.ok(great);
});

test("code points are counted, not UTF-16 units", () => {
  assert.equal(codePoints("한국", 2), 2);
  assert.equal(codePoints("𠮷野", 3), 2);
});

test("a drag becomes whole days, months or years, one at the least", () => {
  const at = (text: string): Date => new Date(`${text}T00:00:00Z`);
  assert.deepEqual(snap(at("2023-09-04"), at("2023-10-28"), "month"), ["2023-09-01", "2023-10-31"]);
  assert.deepEqual(snap(at("2023-10-18"), at("2023-10-20"), "day"), ["2023-10-18", "2023-10-19"]);
  assert.deepEqual(snap(at("2023-05-01"), at("2023-05-03"), "year"), ["2023-01-01", "2023-12-31"]);
});
