/**
 * Whether a portfolio keeps within its limits: measures of concentration, exposure, liquidity and
 * losses, the limits they are held against, and the task of the queue PORTFOLIO_SYNC that does so.
 */
package io.tasklane.trading.risk;
