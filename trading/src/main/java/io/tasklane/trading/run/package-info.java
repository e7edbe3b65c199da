/** What the trading handlers share: stopping in time, one failing symbol among many, results. */
package io.tasklane.trading.run;
