/* One side of the split screen: what stands still is drawn once a quarter, what moves in every picture. */
class Stage {
  constructor(frames, side, options) {
    Object.assign(this, {frames, side, night: true, large: false, subject: "", colours: [], words: {}}, options);
    this.layer = document.createElement("canvas");
    this.most = this.mostLost = this.mostStream = 1e-9;
    frames.forEach((frame) => {
      frame.springs.forEach((each) => { this.most = Math.max(this.most, each[0] + each[1] + each[2] + each[3]); });
      this.mostLost = Math.max(this.mostLost, -frame.counts.forgotten, -frame.counts.obsolete);
      for (let i = 0; i < frame.streams.length; i += 4) this.mostStream = Math.max(this.mostStream, frame.streams[i + 2] + frame.streams[i + 3]);
    });
    this.targets = [];
  }
  /* Both sides are measured with the same measure. */
  static level(stages) {
    ["most", "mostLost", "mostStream"].forEach((name) => {
      const top = Math.max(...stages.map((stage) => stage[name]));
      stages.forEach((stage) => { stage[name] = top; });
    });
  }
  frame(step) { return this.frames[Math.max(0, Math.min(step, this.frames.length - 1))]; }
  prepare(step, width, height, ratio) {
    const key = [step, width, height, ratio, this.subject, this.large, this.night].join();
    if (this.key === key) return;
    this.key = key;
    const frame = this.frame(step), ground = this.ground = new Ground(this.side, width, height, this.large);
    this.at = new Map(); this.sectorOf = new Map();
    for (let i = 0; i < frame.firms.length; i += COLUMNS) {
      this.at.set(frame.firms[i], ground.firm(frame.firms[i], frame.firms[i + 1], frame.firms[i + 2]));
      this.sectorOf.set(frame.firms[i], frame.firms[i + 1]);
    }
    this.layer.width = Math.round(width * ratio); this.layer.height = Math.round(height * ratio);
    const pen = this.layer.getContext("2d", {alpha: false});
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.targets = [];
    const taken = [];
    drawBasin(pen, ground, frame, this.frames[0].level, this.night);
    drawBays(pen, ground, this.colours);
    drawTies(pen, ground, frame, this.at, this.sectorOf);
    drawPools(pen, ground, frame, this.colours, this.subject, this.targets);
    drawFirms(pen, ground, frame, this.at, this.colours, this.subject, this.targets);
    drawOffices(pen, ground, frame, this.words, this.subject, this.targets);
    nameSectors(pen, ground, this.colours, taken);
    nameDomains(pen, ground, frame, this.subject, step, taken);
    this.order = this.side.springs.map((_, domain) => domain).sort((a, b) => ground.spring(a)[1] - ground.spring(b)[1]);
    this.recent = [];
    for (let age = 2; age >= 0; age -= 1)
      if (step - age > 0) this.frame(step - age).events.forEach((event) => { if (event.kind === "found" || event.kind === "taken_up") this.recent.push({event, age}); });
  }
  /* `clock` counts seconds and moves the water, `phase` says how far the quarter has come; still pictures have neither. */
  draw(pen, step, phase, clock, width, height, ratio, still, density = 1) {
    this.prepare(step, width, height, ratio);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalAlpha = 1; pen.globalCompositeOperation = "source-over";
    pen.drawImage(this.layer, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const state = {
      frame: this.frame(step), before: this.frame(step - 1), phase, clock, still, density, at: this.at, order: this.order,
      most: this.most, mostLost: this.mostLost, mostStream: this.mostStream, recent: this.recent, colours: this.colours,
    };
    drawMoney(pen, this.ground, state);
    drawOutflow(pen, this.ground, state);
    pen.globalCompositeOperation = "lighter";
    drawStreams(pen, this.ground, state);
    drawFlashes(pen, this.ground, state);
    pen.globalCompositeOperation = "source-over";
    drawJets(pen, this.ground, state);
    drawFindings(pen, this.ground, state);
  }
}

/* The curve beneath: both sides, and one cursor. */
function drawCurve(pen, width, height, series, step, look) {
  const left = 8, right = width - 8, top = 8, low = height - 18;
  const all = series.flatMap((each) => each.values), floor = Math.min(...all), peak = Math.max(...all), last = Math.max(1, series[0].values.length - 1);
  const x = (quarter) => left + (right - left) * quarter / last, y = (value) => low - (low - top) * (value - floor) / Math.max(1e-9, peak - floor);
  pen.fillStyle = look.ground; pen.fillRect(0, 0, width, height);
  pen.font = `${look.size}px sans-serif`; pen.textBaseline = "alphabetic"; pen.fillStyle = look.quiet; pen.strokeStyle = look.line; pen.lineWidth = 1;
  for (let quarter = 0; quarter <= last; quarter += last > 100 ? 40 : 20) {
    pen.beginPath(); pen.moveTo(x(quarter), top); pen.lineTo(x(quarter), low); pen.stroke();
    pen.textAlign = quarter === 0 ? "left" : quarter + 1 > last ? "right" : "center"; pen.fillText(String(quarter), x(quarter), height - 4);
  }
  look.marks.forEach((mark) => { pen.fillStyle = look.mark; pen.beginPath(); pen.arc(x(mark[0]), mark[1] ? top + 3 : low - 3, 2.6, 0, 2 * Math.PI); pen.fill(); });
  series.forEach((each) => {
    for (const [upto, alpha] of [[last, 0.35], [step, 1]]) {
      pen.strokeStyle = each.colour; pen.globalAlpha = alpha; pen.lineWidth = alpha < 1 ? 1.5 : 2.6; pen.setLineDash(each.dashes || []); pen.beginPath();
      each.values.slice(0, upto + 1).forEach((value, quarter) => { if (quarter) pen.lineTo(x(quarter), y(value)); else pen.moveTo(x(quarter), y(value)); });
      pen.stroke(); pen.setLineDash([]);
    }
    pen.globalAlpha = 1; pen.fillStyle = each.colour; pen.beginPath(); pen.arc(x(step), y(each.values[step]), 4, 0, 2 * Math.PI); pen.fill();
  });
  pen.strokeStyle = look.ink; pen.lineWidth = 1.5; pen.beginPath(); pen.moveTo(x(step), top); pen.lineTo(x(step), low + 3); pen.stroke();
}
