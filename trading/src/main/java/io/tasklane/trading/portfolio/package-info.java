/**
 * Accounts, positions, fills, and what they gained: accounts.json, positions.json and fills.csv,
 * understood, and the three tasks of the queue PORTFOLIO_SYNC. Money is decimal throughout.
 */
package io.tasklane.trading.portfolio;
