/** The effect ledger: what runs did outside Tasklane, recorded under a business key. */
package io.tasklane.effect;
