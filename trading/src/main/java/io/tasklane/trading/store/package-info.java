/** What the trading tasks remember from one run to the next, behind a port. */
package io.tasklane.trading.store;
