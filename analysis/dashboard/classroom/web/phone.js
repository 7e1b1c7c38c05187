"use strict";
const given = JSON.parse(document.getElementById("given").textContent);
const screen_ = document.getElementById("screen"), number = document.getElementById("number");
const key = `class-${given.code}`, waiting = new Map();
let count = 0, dragging = false, language = given.language, shown = "";
const kept = () => { try { return localStorage.getItem(key) || ""; } catch (_) { return window.token || ""; } };
const keep = (token) => { window.token = token; try { if (token) localStorage.setItem(key, token); else localStorage.removeItem(key); } catch (_) { /* A private window: the seat lasts as long as the page. */ } };

function act(doing, value) {
  count += 1;
  const told = value === undefined ? {n: count, do: doing} : {n: count, do: doing, value};
  waiting.set(doing, told);
  line.send(JSON.stringify(told));
}

function hear(state) {
  if (state.token !== undefined) keep(state.token);
  if (state.n !== undefined) {
    count = Math.max(count, state.n);
    for (const [doing, told] of waiting) if (told.n <= state.n) waiting.delete(doing);
  }
  if (state.screen) { const text = JSON.stringify(state.screen); if (text !== shown) { shown = text; show(state.screen); } }
  if (state.screen && state.screen.ended) { keep(""); line.end(); }
}

function show(state) {
  document.documentElement.lang = state.language || language;
  number.textContent = state.number || "";
  document.getElementById("language").textContent = state.other || "";
  const parts = [];
  if (state.title) parts.push(el("h1", {text: state.title}));
  if (state.aim) parts.push(el("div", {class: "aim"}, el("span", {class: "quiet", text: state.aim[0]}), el("b", {text: state.aim[1]})));
  for (const each of state.lines || []) parts.push(el("p", {text: each}));
  if (state.choices) parts.push(el("div", {class: "choices"}, ...state.choices.map((each) => el("button", {
    type: "button", "aria-pressed": String(each.chosen), "data-value": each.value, style: {borderLeftColor: colour(each.value)},
    onclick: () => act("guess", each.value)}, el("b", {text: each.label}), each.help ? el("small", {text: each.help}) : null))));
  if (state.lever) parts.push(lever(state.lever));
  if (state.button) parts.push(el("button", {type: "button", class: "main", "data-do": state.button.do, text: state.button.label, onclick: () => act(state.button.do)}));
  if (state.said) parts.push(el("p", {class: "said", id: "said", text: state.said}));
  if (state.bars) parts.push(bars(state.bars));
  /* A lever under a finger stays where it is. */
  const old = screen_.querySelector(".lever"), fresh = parts.find((each) => each.className === "lever");
  if (old && fresh && dragging && old.dataset.label === fresh.dataset.label) {
    for (const each of [...screen_.children]) if (each !== old) each.remove();
    const place = parts.indexOf(fresh);
    old.before(...parts.slice(0, place));
    old.after(...parts.slice(place + 1));
  } else {
    const focused = document.activeElement, name = focused && (focused.dataset.value || focused.dataset.do || focused.type);
    screen_.replaceChildren(...parts);
    if (name && focused !== document.body && !document.contains(focused)) {
      const again = screen_.querySelector(`[data-value="${CSS.escape(name)}"], [data-do="${CSS.escape(name)}"], input[type="${CSS.escape(name)}"]`);
      if (again) again.focus();
    }
  }
}

function lever(told) {
  const value = el("b", {text: told.positions[told.place]});
  const input = el("input", {type: "range", min: 0, max: told.positions.length - 1, step: 1, value: told.place, disabled: !told.open, "aria-label": told.label, "aria-valuetext": told.positions[told.place]});
  input.value = told.place;
  input.addEventListener("pointerdown", () => { dragging = true; });
  for (const each of ["pointerup", "pointercancel", "blur"]) input.addEventListener(each, () => { dragging = false; });
  input.addEventListener("input", () => {
    value.textContent = told.positions[input.value];
    input.setAttribute("aria-valuetext", told.positions[input.value]);
    act("lever", Number(input.value));
  });
  return el("div", {class: "lever", "data-label": told.label},
    el("label", {}, el("span", {text: told.label}), value), input,
    el("div", {class: "ends"}, el("span", {text: told.positions[0]}), el("span", {text: told.positions[told.positions.length - 1]})),
    el("small", {class: "quiet", text: told.help}));
}

function bars(told) {
  const low = Math.min(0, ...told.map((each) => each.value)), high = Math.max(0, ...told.map((each) => each.value)), span = high - low || 1;
  return el("div", {class: "bars"}, ...told.flatMap((each) => {
    const start = (Math.min(0, each.value) - low) / span, wide = Math.abs(each.value) / span;
    return [
      el("span", {class: each.first ? "first" : "", text: each.label}),
      el("span", {class: "track"}, el("i", {style: {left: `${100 * start}%`, width: `${100 * wide}%`, background: each.regime ? colour(each.regime) : "var(--cluster)"}}), el("u", {style: {left: `${-100 * low / span}%`}})),
      el("span", {class: each.first ? "first" : "", text: each.shown}),
    ];
  }));
}

document.getElementById("language").addEventListener("click", () => { language = language === "de" ? "en" : "de"; act("language", language); });
const line = connect(() => socketAddress(given.socket, {token: kept(), language}), hear,
  {lost: given.lost, again: () => { for (const told of waiting.values()) line.send(JSON.stringify(told)); }});
