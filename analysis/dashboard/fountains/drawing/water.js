/* What moves: jets, droplets on ties and what splashes off, flashes and new fountains, money. */

/* A small glowing disc in one colour: copying a picture is many times faster than drawing one. */
const SPRITES = new Map();
function sprite(colour) {
  if (!SPRITES.has(colour)) {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = canvas.height = 32;
    const glow = pen.createRadialGradient(16, 16, 0, 16, 16, 16);
    glow.addColorStop(0, "#ffffff"); glow.addColorStop(0.25, colour); glow.addColorStop(0.55, colour + "66"); glow.addColorStop(1, colour + "00");
    pen.fillStyle = glow; pen.fillRect(0, 0, 32, 32);
    SPRITES.set(colour, canvas);
  }
  return SPRITES.get(colour);
}
function drop(pen, colour, x, y, size) { pen.drawImage(sprite(colour), x - size, y - size, 2 * size, 2 * size); }

/* Four times the knowledge is twice the height. */
function heights(ground, springs, most) { return springs.map((each) => 150 * ground.unit * Math.sqrt(each.reduce((a, b) => a + b, 0) / Math.max(1e-9, most))); }

function drawJets(pen, ground, state) {
  const {before, frame, phase, clock, most, still} = state;
  const then = heights(ground, before.springs, most), now = heights(ground, frame.springs, most);
  const ease = Math.min(1, phase * 2.5), order = state.order;
  order.forEach((domain) => {
    const high = then[domain] + (now[domain] - then[domain]) * ease;
    if (high < 1.2) return;
    const [x, y] = ground.spring(domain), parts = frame.springs[domain], total = parts.reduce((a, b) => a + b, 0);
    if (total <= 0) return;
    const thick = Math.max(1.2, ground.unit * (1.1 + high * 0.022));
    /* The stem: from below, what research, learning, recombination and pilots brought. */
    let low = 0;
    parts.forEach((part, spring) => {
      if (part <= 0) return;
      const from = low / total, to = (low + part) / total;
      low += part;
      const wide = (share) => thick * (1 - 0.5 * share);
      pen.fillStyle = SPRING_COLOURS[spring];
      for (const [widen, alpha] of [[3.2, 0.16], [1, 0.8]]) {
        pen.globalAlpha = alpha;
        pen.beginPath();
        pen.moveTo(x - wide(from) * widen, y - high * from); pen.lineTo(x + wide(from) * widen, y - high * from);
        pen.lineTo(x + wide(to) * widen, y - high * to); pen.lineTo(x - wide(to) * widen, y - high * to); pen.fill();
      }
    });
    const count = Math.round(Math.min(34, 5 + high / 3.2) * state.density), reach = 5 * ground.unit + high * 0.26;
    for (let k = 0; k < count; k += 1) {
      const chance = luck(domain, k), turn = 2 * Math.PI * luck(k, domain + 7);
      const t = still ? (k + 0.5) / count : (clock * (0.5 + 0.25 * chance) + chance * 7) % 1;
      let share = luck(k + 3, domain) * total, spring = 0;
      while (spring < 3 && share > parts[spring]) { share -= parts[spring]; spring += 1; }
      /* From the tip over in a bow, and down into the pool. */
      const top = high * (0.86 + 0.2 * luck(domain + 1, k)), fallen = y - top * (1 + 0.5 * t - 1.5 * t * t);
      const out = reach * t * (0.35 + 0.65 * luck(k, domain));
      pen.globalAlpha = 0.95 - 0.45 * t;
      drop(pen, SPRING_COLOURS[spring], x + out * Math.cos(turn), fallen + out * Math.sin(turn) * FLAT, (2.3 + 2 * chance) * Math.max(0.75, ground.unit));
    }
    pen.globalAlpha = 0.9;
    drop(pen, "#ffffff", x, y - high, thick * 1.8);
  });
  pen.globalAlpha = 1;
}

/* Droplets run from who teaches to who learns; what the learner cannot take in bounces off. */
function drawStreams(pen, ground, state) {
  const {frame, at, clock, still} = state, streams = frame.streams, unit = Math.max(0.7, ground.unit);
  const top = Math.max(1e-9, state.mostStream);
  for (let i = 0; i < streams.length; i += 4) {
    const from = at.get(streams[i]), to = at.get(streams[i + 1]), taken = streams[i + 2], lost = streams[i + 3];
    if (!from || !to) continue;
    const [bx, by] = bend(ground, from, to), all = taken + lost, share = lost / Math.max(1e-9, all);
    const count = Math.max(1, Math.round(3 * Math.sqrt(all / top) * state.density));
    for (let k = 0; k < count; k += 1) {
      const chance = luck(i, k), bounced = (k + chance) / count < share || (count === 1 && chance < share);
      const t = still ? 0.15 + 0.8 * chance : (clock * 0.42 + chance * 3 + k / count) % 1.22;
      if (t <= 1) {
        const u = 1 - t, x = u * u * from[0] + 2 * u * t * bx + t * t * to[0], y = u * u * from[1] + 2 * u * t * by + t * t * to[1];
        pen.globalAlpha = 0.85;
        drop(pen, "#a8f0c6", x, y, (1.9 + 1.1 * Math.sqrt(all / top)) * unit);
      }
      const after = still ? 0.12 : t - 1;
      if ((t > 1 || still) && bounced) {
        /* Away from the water, up and down again. */
        const away = Math.atan2(to[1] - ground.cy, to[0] - ground.cx);
        for (let s = 0; s < 4; s += 1) {
          const turn = away + (luck(k + s, i) - 0.5) * 2.2, far = (10 + 22 * luck(s, i + k)) * unit * after / 0.22;
          pen.globalAlpha = 0.9 * (1 - 0.75 * after / 0.22);
          drop(pen, MIST, to[0] + far * Math.cos(turn), to[1] + far * Math.sin(turn) * FLAT - 14 * unit * 4 * (after / 0.22) * (1 - after / 0.22) * 0.6, 1.7 * unit);
        }
      } else if (t > 1) {
        pen.globalAlpha = 0.7 * (1 - after / 0.22);
        drop(pen, "#a8f0c6", to[0], to[1], (3 + 12 * after) * unit);
      }
    }
  }
  pen.globalAlpha = 1;
}

/* Two firms meet, light up, and a beam runs to the spring that gains by it. */
function drawFlashes(pen, ground, state) {
  const {frame, at, phase, still} = state, list = frame.flashes, unit = Math.max(0.7, ground.unit);
  for (let i = 0; i < list.length; i += 4) {
    const one = at.get(list[i]), other = at.get(list[i + 1]), goal = ground.spring(list[i + 2]), gain = list[i + 3];
    if (!one || (list[i + 1] >= 0 && !other)) continue;
    const begin = still ? 0 : 0.05 + 0.5 * luck(i, list[i]), t = still ? 0.6 : (phase - begin) / 0.4;
    if (t < 0 || t > 1) continue;
    const bright = (0.25 + 0.5 * Math.min(1, gain)) * (1 - t * 0.6);
    pen.globalAlpha = bright; pen.strokeStyle = SPRING_COLOURS[2]; pen.lineWidth = 1.3 * unit;
    if (other) { pen.beginPath(); pen.moveTo(other[0], other[1]); pen.quadraticCurveTo(...bend(ground, other, one), one[0], one[1]); pen.stroke(); }
    if (t > 0.4) {
      const to = Math.min(1, (t - 0.4) / 0.35);
      pen.beginPath(); pen.moveTo(one[0], one[1]); pen.lineTo(one[0] + (goal[0] - one[0]) * to, one[1] + (goal[1] - one[1]) * to); pen.stroke();
    }
    pen.globalAlpha = Math.min(1, bright * 1.6);
    drop(pen, SPRING_COLOURS[2], one[0], one[1], (4 + 9 * Math.min(1, gain) * (1 - Math.abs(2 * t - 0.8))) * unit);
  }
  pen.globalAlpha = 1;
}

/* A new fountain: streams of those who found it meet in one of them, and it breaks through with its name. */
function drawFindings(pen, ground, state) {
  const {at, unit} = {at: state.at, unit: Math.max(0.7, ground.unit)};
  state.recent.forEach(({event, age}) => {
    const t = age + (state.still ? 0.95 : state.phase);
    const goal = ground.spring(event.domain), colour = SPRING_COLOURS[{researched: 0, learnt: 1, recombined: 2, piloted: 3}[event.how] || 0];
    if (event.kind === "found" && t < 1) {
      const ends = event.firms.map((each, rank) => at.get(each) || ground.at(ground.middle(event.sectors[rank]), 1.13));
      if (ends[1]) stream(pen, ground, ends[1], ends[0], Math.min(1, t / 0.35), colour, unit);
      if (t > 0.3 || !ends[1]) { if (ends[0]) stream(pen, ground, ends[0], goal, Math.min(1, ends[1] ? (t - 0.3) / 0.35 : t / 0.6), colour, unit); }
      if (ends[0] && t > 0.25 && t < 0.6) { pen.globalAlpha = 1 - Math.abs(t - 0.42) / 0.2; drop(pen, "#ffffff", ends[0][0], ends[0][1], 22 * unit); }
      pen.globalAlpha = 1;
    }
    const since = t - (event.kind === "found" ? 0.6 : 0.1);
    if (since <= 0 || since > 2.4) return;
    const hue = event.kind === "found" ? "#ffffff" : state.colours[event.sector % state.colours.length];
    /* Rings; towards the sector that takes it up they wash over its bay. */
    for (let wave = 0; wave < 3; wave += 1) {
      const far = since - wave * 0.22;
      if (far <= 0 || far > 1.5) continue;
      pen.globalAlpha = 0.9 * (1 - far / 1.5); pen.strokeStyle = hue; pen.lineWidth = (3 - wave * 0.7) * unit;
      if (event.kind === "found") { ground.ellipse(pen, goal[0], goal[1], (8 + 62 * far) * unit); pen.stroke(); }
      else { const [a, b] = ground.side.bays[event.sector]; ground.ellipse(pen, ground.cx, ground.cy, ground.rx * Math.min(1.12, 0.35 + 0.6 * far), a + 0.03, b - 0.03); pen.stroke(); }
    }
    pen.globalAlpha = 1;
    if (event.kind !== "found") return;
    const high = 96 * unit * Math.min(1, since * 2.2) * (1 - Math.max(0, since - 1.6) / 0.8);
    for (let k = 0; k < 40; k += 1) {
      const p = state.still ? (k + 0.5) / 40 : (state.clock * 0.8 + luck(k, event.domain)) % 1, turn = 2 * Math.PI * luck(k, 3);
      drop(pen, k % 3 ? colour : "#ffffff", goal[0] + 34 * unit * p * Math.cos(turn), goal[1] - high * 4 * p * (1 - p) + 20 * unit * p * Math.sin(turn), 3.4 * unit);
    }
    pen.textAlign = "center"; pen.textBaseline = "bottom";
    const name = ground.side.domains[event.domain], size = Math.round(ground.size * 1.7);
    pen.font = `800 ${size}px sans-serif`;
    const half = pen.measureText(name).width / 2 + 4, x = Math.max(half, Math.min(ground.width - half, goal[0]));
    pen.globalAlpha = Math.min(1, 3 * since, Math.max(0, (2.4 - since) * 2));
    lettering(pen, name, x, Math.max(size + 4, goal[1] - Math.max(high, 30 * unit) - 6), "#ffffff", size, 800);
    pen.globalAlpha = 1;
  });
}

function stream(pen, ground, from, to, share, colour, unit) {
  const [bx, by] = bend(ground, from, to);
  for (let k = 0; k <= 26; k += 1) {
    const t = share * k / 26, u = 1 - t;
    pen.globalAlpha = 0.25 + 0.75 * k / 26;
    drop(pen, colour, u * u * from[0] + 2 * u * t * bx + t * t * to[0], u * u * from[1] + 2 * u * t * by + t * t * to[1], (2.2 + 3.2 * k / 26) * unit);
  }
}

/* Money: gold from the treasury to what the policy pays for - a bay, a town, a spring, or whoever was drawn. */
function drawMoney(pen, ground, state) {
  const {frame, clock, still} = state, unit = Math.max(0.7, ground.unit), [tx, ty] = ground.treasury;
  if (!frame.spent) return;
  frame.aims.forEach(([kind, one, other, money]) => {
    const part = money / frame.spent;
    let goal = null;
    if (kind === "sector") {
      const [a, b] = ground.side.bays[one];
      pen.beginPath(); pen.ellipse(ground.cx, ground.cy, ground.rx * 1.25, ground.ry * 1.25, 0, a, b);
      pen.ellipse(ground.cx, ground.cy, ground.rx * 0.3, ground.ry * 0.3, 0, b, a, true); pen.closePath();
      pen.fillStyle = GOLD; pen.globalAlpha = 0.2; pen.fill(); pen.globalAlpha = 0.95; pen.strokeStyle = GOLD; pen.lineWidth = 2.2 * unit; pen.stroke();
      goal = ground.at((a + b) / 2, 1.02);
    } else if (kind === "cell") {
      const angle = ground.town(one, other), [x, y] = ground.at(angle, 1.13), wide = ground.rx * ground.spread(one) * 1.45 + 5;
      ground.ellipse(pen, x, y, wide); pen.fillStyle = GOLD; pen.globalAlpha = 0.22; pen.fill();
      pen.globalAlpha = 1; pen.strokeStyle = GOLD; pen.lineWidth = 2.6 * unit; pen.stroke();
      goal = [x, y];
    } else if (kind === "domain" || kind === "pilot") {
      const [x, y] = ground.spring(one), beat = still ? 0.5 : (clock * 0.9 + one * 0.37) % 1;
      ground.ellipse(pen, x, y, 30 * unit);
      const glow = pen.createRadialGradient(x, y, 0, x, y, 30 * unit);
      glow.addColorStop(0, GOLD + "dd"); glow.addColorStop(0.6, GOLD + "55"); glow.addColorStop(1, GOLD + "00");
      pen.fillStyle = glow; pen.fill();
      ground.ellipse(pen, x, y, 21 * unit); pen.strokeStyle = GOLD; pen.lineWidth = 4 * unit; pen.globalAlpha = 1;
      if (kind === "pilot") pen.setLineDash([4 * unit, 3 * unit]);
      pen.stroke(); pen.setLineDash([]);
      pen.globalAlpha = 0.8 * (1 - beat); ground.ellipse(pen, x, y, (21 + 18 * beat) * unit); pen.lineWidth = 1.6 * unit; pen.stroke();
      goal = [x, y];
    }
    pen.globalAlpha = 1;
    if (goal) pipe(pen, ground, [tx, ty], goal, part, state);
  });
  if (frame.aims.some((each) => each[0] === "anybody")) drawLots(pen, ground, state);
  /* The treasury. */
  pen.globalAlpha = 1; drop(pen, GOLD, tx, ty, 17 * unit);
  pen.fillStyle = "#221803"; pen.strokeStyle = GOLD; pen.lineWidth = 2 * unit;
  pen.beginPath(); pen.arc(tx, ty, 8 * unit, 0, 2 * Math.PI); pen.fill(); pen.stroke();
  pen.fillStyle = GOLD; pen.font = `800 ${Math.round(10 * unit)}px sans-serif`; pen.textAlign = "center"; pen.textBaseline = "middle"; pen.fillText("€", tx, ty + 0.5);
}

function pipe(pen, ground, from, to, part, state) {
  const unit = Math.max(0.7, ground.unit), bx = to[0] + (from[0] - to[0]) * 0.1, by = Math.max(from[1], to[1]) - (from[1] - to[1]) * 0.05;
  pen.strokeStyle = GOLD; pen.globalAlpha = 0.3; pen.lineWidth = (1.5 + 5 * Math.sqrt(part)) * unit;
  pen.beginPath(); pen.moveTo(from[0], from[1]); pen.quadraticCurveTo(bx, by, to[0], to[1]); pen.stroke();
  const coins = Math.max(2, Math.round(9 * Math.sqrt(part)));
  for (let k = 0; k < coins; k += 1) {
    const t = ((state.still ? 0.5 : state.clock * 0.35) + k / coins) % 1, u = 1 - t;
    pen.globalAlpha = 0.95;
    drop(pen, GOLD, u * u * from[0] + 2 * u * t * bx + t * t * to[0], u * u * from[1] + 2 * u * t * by + t * t * to[1], (2.6 + 2 * Math.sqrt(part)) * unit);
  }
  pen.globalAlpha = 1;
}

/* Whoever was drawn gets a thread of gold. */
function drawLots(pen, ground, state) {
  const {frame, at} = state, [tx, ty] = ground.treasury;
  pen.strokeStyle = GOLD; pen.globalAlpha = 0.35; pen.lineWidth = 1; pen.beginPath();
  for (let i = 0; i < frame.firms.length; i += COLUMNS) {
    if (frame.firms[i + 9] <= 0) continue;
    const to = at.get(frame.firms[i]);
    pen.moveTo(tx, ty); pen.lineTo(to[0], to[1]);
  }
  pen.stroke(); pen.globalAlpha = 1;
}

/* What is forgotten or becomes obsolete runs out over the lip at the front. */
function drawOutflow(pen, ground, state) {
  const {frame, clock, still, most} = state, unit = Math.max(0.7, ground.unit);
  ["forgotten", "obsolete"].forEach((name, rank) => {
    const lost = -frame.counts[name];
    if (lost <= 0) return;
    const angle = Math.PI * (rank ? 0.37 : 0.63), [x, y] = ground.at(angle, 0.99), wide = Math.max(2, 30 * unit * Math.sqrt(lost / state.mostLost));
    const fall = 44 * unit, shade = pen.createLinearGradient(0, y, 0, y + fall);
    shade.addColorStop(0, "#7d9bb3cc"); shade.addColorStop(1, "#7d9bb300");
    pen.fillStyle = shade; pen.fillRect(x - wide / 2, y, wide, fall);
    const count = Math.round(Math.min(26, wide) * state.density);
    for (let k = 0; k < count; k += 1) {
      const t = still ? luck(k, rank) : (clock * 0.7 + luck(k, rank)) % 1;
      pen.globalAlpha = 0.75 * (1 - t);
      drop(pen, MIST, x + wide * (luck(rank + 2, k) - 0.5) * (1 + t * 0.5), y + fall * t * t, 2.3 * unit);
    }
    pen.globalAlpha = 1;
  });
}
