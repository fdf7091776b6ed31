/** Times in milliseconds, and what is reported of them. */
export class Samples {
  #values = [];

  add(ms) {
    this.#values.push(ms);
  }

  get count() {
    return this.#values.length;
  }

  /** The time that this share of the samples does not exceed. */
  quantile(share) {
    if (!this.#values.length) return NaN;
    const sorted = Float64Array.from(this.#values).sort();
    return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  }

  summary() {
    return {
      count: this.count,
      p50: this.quantile(0.5),
      p90: this.quantile(0.9),
      p99: this.quantile(0.99),
      max: this.quantile(1),
    };
  }
}
