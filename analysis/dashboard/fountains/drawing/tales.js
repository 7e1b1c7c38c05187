/* Stories: whole sentences on a firm, an organisation or a domain, and on a quarter as a whole. */
class Tales {
  constructor(frames, side, words) { Object.assign(this, {frames, side, words}); this.known = new Map(); }
  fill(name, values) { return this.words[name].replace(/\{(\w+)\}/g, (_, key) => (key in values ? values[key] : "")); }
  number(value, digits) {
    const places = digits === undefined ? (Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2) : digits;
    const text = Math.abs(Number(value)).toLocaleString(this.words.language, {maximumFractionDigits: places});
    return value < 0 && /[1-9]/.test(text) ? "−" + text : text;
  }
  percent(share) { return this.number(100 * share, 0); }
  list(names) { return names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + (this.words.language === "de" ? " und " : " and ") + names[names.length - 1]; }
  firmAt(identity, step) {
    const all = this.frames[step].firms;
    for (let at = 0; at < all.length; at += COLUMNS) if (all[at] === identity) return all.slice(at, at + COLUMNS);
    return null;
  }
  officeAt(identity, step) { return this.frames[step].organisations.find((each) => each[0] === identity) || null; }
  /* Somebody who is not there now was there before, or is still to come. */
  absent(at, step) {
    for (let then = step - 1; then >= 0; then -= 1) if (at(then)) return this.fill("tale_gone", {step: then});
    for (let then = step + 1; then < this.frames.length; then += 1) if (at(then)) return this.fill("tale_not_yet", {step: then});
    return this.words.tale_never;
  }
  first(at, step) { let first = step; while (first > 0 && at(first - 1)) first -= 1; return first; }
  nameFirm(firm) { return this.fill("tale_firm_name", {id: firm[0], sector: this.side.sectors[firm[1]], place: firm[2] + 1}); }
  of(subject, step) {
    const [kind, text] = subject.split(":");
    return this["of_" + kind](Number(text), step);
  }
  of_firm(identity, step) {
    const at = (then) => this.firmAt(identity, then), firm = at(step);
    if (!firm) return this.absent(at, step);
    const first = this.first(at, step), change = (firm[3] - at(first)[3]) / Math.max(0.1, at(first)[3]);
    const said = [this.fill("tale_firm", {id: identity, sector: this.side.sectors[firm[1]], place: firm[2] + 1, size: this.number(firm[4])}),
      first ? this.fill("tale_firm_entered", {first}) : this.words.tale_firm_first];
    if (Math.round(100 * change)) said.push(this.fill(change > 0 ? "tale_firm_rise" : "tale_firm_fall", {first, change: this.percent(Math.abs(change))}));
    said.push(firm[7] ? this.fill("tale_firm_bond", {ties: firm[7], share: firm[8]}) : this.words.tale_firm_alone);
    if (firm[6] >= 0) said.push(this.words.tale_firm_cluster);
    let money = 0;
    for (let then = first; then <= step; then += 1) {
      money += at(then)[9];
      this.frames[then].events.forEach((event) => {
        if (event.kind !== "found" || !event.firms.includes(identity)) return;
        const partner = event.firms.find((each) => each !== identity), domain = this.side.domains[event.domain];
        said.push(partner === undefined ? this.fill("tale_firm_found", {step: then, domain}) : this.fill("tale_firm_found_with", {step: then, domain, partner}));
      });
    }
    if (money > 0.005) said.push(this.fill("tale_firm_money", {money: this.number(money)}));
    return said.join(" ");
  }
  of_organisation(identity, step) {
    const at = (then) => this.officeAt(identity, then), each = at(step);
    if (!each) return this.absent(at, step);
    const first = this.first(at, step), kind = this.words["kind_" + each[1]];
    let most = each[4], peak = step, money = 0;
    for (let then = first; then <= step; then += 1) { money += at(then)[6]; if (at(then)[4] > most) { most = at(then)[4]; peak = then; } }
    const level = each[5] > 0.6 ? "high" : each[5] < 0.35 ? "low" : "middle", change = each[5] - at(first)[5];
    const named = this.words.language === "de" ? kind : kind[0].toLowerCase() + kind.slice(1);
    const said = [this.fill(each[4] ? "tale_organisation" : "tale_organisation_idle", {kind: named, clients: each[4]}), this.words["tale_organisation_" + level]];
    if (Math.abs(change) > 0.03) said.push(this.fill(change > 0 ? "tale_organisation_rise" : "tale_organisation_fall", {first}));
    if (most > each[4]) said.push(this.fill("tale_organisation_peak", {peak, most}));
    if (money > 0.005) said.push(this.fill("tale_organisation_money", {money: this.number(money)}));
    return said.join(" ");
  }
  of_domain(domain, step) {
    const frame = this.frames[step], name = this.side.domains[domain];
    if (!name) return this.words.tale_never;
    if (frame.found[domain] < 0) return this.fill("tale_domain_latent", {name});
    const held = frame.holders[domain], all = held.reduce((a, b) => a + b, 0);
    if (!all) return this.fill("tale_domain_lost", {name});
    const sectors = held.map((count, sector) => [count, this.side.sectors[sector]]).filter((each) => each[0]).sort((a, b) => b[0] - a[0]).map((each) => each[1]);
    const parts = frame.springs[domain], gain = parts.reduce((a, b) => a + b, 0);
    return [this.fill("tale_domain", {name, holders: this.number(all), sectors: this.list(sectors.slice(0, 4)), level: this.percent(frame.knowledge[domain])}),
      frame.found[domain] > 0 ? this.fill("tale_domain_found", {step: frame.found[domain]}) : this.words.tale_domain_first,
      gain > 0 ? this.fill("tale_domain_gain", {gain: this.number(gain), researched: this.number(parts[0] + parts[3]), learnt: this.number(parts[1]), recombined: this.number(parts[2])}) : this.words.tale_domain_dry].join(" ");
  }
  /* All that a picture shows, for those who do not see it. */
  quarter(step) {
    const frame = this.frames[step], counts = {};
    Object.keys(frame.counts).forEach((name) => { counts[name] = this.number(/forgotten|obsolete/.test(name) ? -frame.counts[name] : frame.counts[name]); });
    const said = [this.fill("told", Object.assign(counts, {step, firms: this.number(frame.count), offered: this.number(frame.offered), share: this.percent(frame.offered > 0 ? frame.taken / frame.offered : 1)}))];
    const gains = frame.springs.map((each, domain) => [each.reduce((a, b) => a + b, 0), this.side.domains[domain]]).filter((each) => each[0] > 0).sort((a, b) => b[0] - a[0]);
    if (gains.length) said.push(this.fill("told_domains", {names: this.list(gains.slice(0, 3).map((each) => each[1]))}));
    said.push(this.money(step));
    return said.join(" ");
  }
  money(step) {
    const frame = this.frames[step];
    if (!frame.spent) return this.words.told_no_money;
    const aims = frame.aims.slice().sort((a, b) => b[3] - a[3]).slice(0, 4).map(([kind, one, other, money]) => this.fill("aim_" + kind, {
      name: kind === "domain" || kind === "pilot" ? this.side.domains[one] : this.side.sectors[one], place: other + 1, share: this.percent(money / frame.spent)}));
    return this.fill("told_money", {money: this.number(frame.spent), aims: this.list(aims)});
  }
  /* Whose story can be told: organisations, domains and the firms that know most. */
  subjects(step, chosen) {
    const frame = this.frames[step], found = [];
    frame.organisations.forEach((each) => found.push(["organisation:" + each[0], this.fill("tale_organisation_name", {kind: this.words["kind_" + each[1]], id: each[0]})]));
    this.side.domains.forEach((name, domain) => found.push(["domain:" + domain, this.fill("tale_domain_name", {name})]));
    const firms = [];
    for (let i = 0; i < frame.firms.length; i += COLUMNS) firms.push(frame.firms.slice(i, i + COLUMNS));
    firms.sort((a, b) => b[3] - a[3]);
    firms.slice(0, 30).forEach((each) => found.push(["firm:" + each[0], this.nameFirm(each)]));
    if (chosen && !found.some((each) => each[0] === chosen)) found.push([chosen, chosen.replace(":", " ")]);
    return found;
  }
}
