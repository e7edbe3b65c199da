/** The rows of the effect ledger. */
package io.tasklane.effect.store;
