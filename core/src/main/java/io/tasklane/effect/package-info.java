/**
 * The effect ledger: what runs did outside of Tasklane, by the business identity of each effect, so
 * that a run after a crash learns what the previous run had begun or done.
 */
package io.tasklane.effect;
