"use strict";
const given = JSON.parse(document.getElementById("given").textContent);
const byId = (name) => document.getElementById(name), main = byId("screen");
let state = null, known = {}, last = null, sure = false;
const kept = (name) => sessionStorage.getItem(name) || "";

const line = connect(() => socketAddress(given.socket, {key: given.key, search: given.search, room: kept("room"), secret: kept("secret"), language: kept("language")}), hear, {lost: given.lost, again: () => {}});

function hear(told) {
  if (told.secret) { sessionStorage.setItem("room", told.code); sessionStorage.setItem("secret", told.secret); known = told; }
  if (told.screen) { last = told.screen.curves || (told.screen.same ? last : null); state = told.screen; show(); }
}
function steer(doing, value) { line.send(JSON.stringify(value === undefined ? {do: doing} : {do: doing, value})); }

function show() {
  if (state.ended) {
    sessionStorage.clear();
    line.end();
    document.body.className = "wall";
    byId("join").hidden = true;
    document.querySelector("footer").hidden = true;
    main.replaceChildren(...state.said.map((each) => el("p", {class: "said", text: each})));
    return;
  }
  document.documentElement.lang = state.language;
  document.body.className = `wall ${state.step}`;
  byId("title").textContent = state.title;
  byId("to-join").textContent = known.to_join || "";
  byId("address").textContent = given.address;
  byId("code").textContent = state.code;
  if (!byId("qr").firstChild) byId("qr").append(code(known.qr));
  byId("told").textContent = state.step === "lobby" ? "" : state.told;
  byId("here").textContent = state.here;
  byId("status").textContent = state.status;
  const words = state.words;
  byId("language").textContent = words.other;
  byId("look").textContent = document.documentElement.classList.contains("dark") ? words.light : words.dark;
  byId("end").textContent = sure ? words.sure : words.end;
  byId("moves").title = words.keys;
  byId("moves").replaceChildren(...state.moves.map((each, place) => el("button", {type: "button", class: place ? "" : "main", "data-do": each.do, text: each.label, onclick: () => steer(each.do)})));
  main.replaceChildren(...parts().filter(Boolean));
  charts();
}

function parts() {
  const text = state.text ? el("p", {class: "text", text: state.text}) : null;
  const said = state.said.filter(Boolean).map((each) => el("p", {class: "said", text: each}));
  const gathered = state.gathered ? el("p", {class: "quiet", id: "gathered", text: state.gathered}) : null;
  if (state.step === "lobby") return [text, lobby()];
  if (state.step === "guess") return [said.length ? null : text, ...said, el("div", {class: "two"}, el("div", {class: "stack"}, gathered, votes()), state.hidden ? el("div", {class: "hidden", text: state.hidden}) : hold("curves"))];
  if (state.step === "together") return [text, ...said, el("div", {class: "two"}, table(), hold("curves"))];
  if (state.step === "debrief") return [...said, el("ol", {}, ...state.questions.map((each) => el("li", {text: each})))];
  if (state.step === "roles" && !state.dots) return [text, cards(), gathered];
  return [said.length ? null : text, ...said, el("div", {class: "legend"}, gathered, ...legend()), hold("dots")];
}
function hold(name) { return el("div", {class: "hold", "data-hold": name}); }

/* Charts take what room is left, and so does what stands in their place. */
function charts() {
  for (const place of main.querySelectorAll(".hidden")) {
    place.style.minHeight = `${Math.max(200, document.querySelector("footer").getBoundingClientRect().top - place.getBoundingClientRect().top - 16)}px`;
  }
  for (const place of main.querySelectorAll("[data-hold]")) {
    const told = place.dataset.hold === "dots" ? state.dots : last;
    const wide = Math.max(320, place.clientWidth), foot = document.querySelector("footer").getBoundingClientRect().top;
    const high = Math.max(240, Math.min(wide * .62, foot - place.getBoundingClientRect().top - 16));
    if (told) place.replaceChildren(place.dataset.hold === "dots" ? dotPlot(told, wide, high) : leadCurves(told, wide, high));
  }
}
function lobby() {
  const stories = el("select", {onchange: (event) => steer("story", event.target.value)}, ...state.stories.map((each) => el("option", {value: each[0], selected: each[0] === state.story, text: each[1]})));
  return el("div", {class: "big"}, el("div", {id: "qr-big"}, code(known.qr)),
    el("div", {}, el("p", {class: "address", text: given.address}), el("p", {class: "code", text: state.code}), el("p", {class: "said", text: state.here}), el("p", {}, el("label", {}, el("span", {class: "quiet", text: `${state.words.story} `}), stories))));
}
function code(told) {
  /* Modules as one path, drawn on this machine. */
  return draw("svg", {viewBox: `0 0 ${told.size} ${told.size}`, role: "img", "aria-label": given.address}, draw("rect", {width: told.size, height: told.size, fill: "#fff"}), draw("path", {d: told.path, stroke: "#000", fill: "none"}));
}
function votes() {
  const most = Math.max(1, ...state.votes.map((each) => each.count));
  return el("div", {class: "votes"}, ...state.votes.flatMap((each) => [
    el("span", {text: each.label}), el("span", {}, el("i", {style: {width: `${100 * each.count / most}%`, background: colour(each.regime)}})), el("b", {text: each.count, "data-votes": each.regime})]));
}
function legend() {
  if (!state.dots || !state.dots.legend.length) return [];
  return [el("span", {class: "quiet", text: state.dots.leaders}), ...state.dots.legend.map((each) => el("span", {}, draw("svg", {viewBox: "-12 -12 24 24"}, mark(each.regime, 0, 0, 9)), el("span", {text: `${each.label}: ${each.count}`})))];
}
function cards() {
  return el("div", {class: "cards"}, ...state.cards.map((each) => el("div", {}, el("b", {text: `${each.name} (${each.count})`}), el("div", {text: each.aim}), el("div", {class: "quiet", text: each.lever}))));
}
function table() {
  return el("table", {}, el("thead", {}, el("tr", {}, el("th", {text: state.heads[0]}), el("th", {text: state.heads[1], colspan: 2}))), el("tbody", {}, ...state.table.map((row) => el("tr", {}, ...row.map((each) => el("td", {text: each}))))));
}

byId("language").addEventListener("click", () => { const to = state.language === "de" ? "en" : "de"; sessionStorage.setItem("language", to); steer("language", to); });
byId("look").addEventListener("click", () => { document.documentElement.classList.toggle("dark"); show(); });
byId("end").addEventListener("click", () => { if (sure) steer("end"); sure = true; show(); setTimeout(() => { sure = false; if (!state.ended) show(); }, 4000); });
addEventListener("resize", () => { if (state && !state.ended) charts(); });
addEventListener("keydown", (event) => {
  if (["INPUT", "SELECT", "BUTTON"].includes(event.target.tagName) || event.repeat || !state || state.ended) return;
  if ([" ", "PageDown"].includes(event.key) && state.moves.length) { event.preventDefault(); steer(state.moves[0].do); }
  if (event.key === "PageUp" && state.moves.some((each) => each.do === "back")) { event.preventDefault(); steer("back"); }
});
